"""One of the people who play."""

from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread

from stonks.adapters.wire import frames as f
from stonks.entrypoints.client.api import Refused
from stonks.entrypoints.client.seat import Frame, Left, Seat

Answer = f.Ack | f.Result | f.Error
Overhear = Callable[[f.EntryFrame], None]
LONGEST_ANSWER = 60  # seconds; a restart of the server fits in


def ignore(entry: f.EntryFrame) -> None:
    """What most people do with what others write."""


@dataclass(slots=True)
class Player:
    """Takes a seat when there is something to say, and again after having been put out."""

    name: str
    new_seat: Callable[[], Seat]
    overhear: Overhear = ignore
    _seat: Seat | None = None
    _answers: SimpleQueue[Answer] = field(default_factory=SimpleQueue)

    def say(self, text: str) -> Answer | None:
        """Write a line and wait for its answer; None where there was none."""
        seat = self._seated()
        nonce = seat.say(text)
        while (answer := self._next_answer()) is not None and answer.nonce != nonce:
            pass
        return answer

    def start_typing(self) -> None:
        self._seated().start_typing()

    def leave(self) -> None:
        if self._seat is not None:
            self._seat.leave()

    def _next_answer(self) -> Answer | None:
        try:
            return self._answers.get(timeout=LONGEST_ANSWER)
        except Empty:
            return None

    def _seated(self) -> Seat:
        if self._seat is None:
            self._seat = self.new_seat()
            Thread(target=self._listen, args=(self._seat,), daemon=True).start()
        return self._seat

    def _listen(self, seat: Seat) -> None:
        try:
            for frame in seat.frames():
                self._hear(frame)
        except (Left, Refused):
            pass  # put out
        finally:
            self._seat = None  # the next line is said from another one
            for nonce in seat.unanswered():
                self._answers.put(f.Error(code="left", detail="put out", nonce=nonce))

    def _hear(self, frame: Frame) -> None:
        if isinstance(frame, f.EntryFrame):
            self.overhear(frame)
        elif isinstance(frame, Answer):
            self._answers.put(frame)
