"""The one writer of messages in a process."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import structlog

from stonks.application.chat.post_messages import Draft, Outcome, Posted, PostMessages
from stonks.domain.errors import Refusal, Unavailable

OnDone = Callable[[Outcome], None]
_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class ChatWriter:
    """Stores whatever came in while the last commit ran, in one transaction.

    At low load a batch is one message and its latency one commit: there is no timer. Beyond
    ``most_waiting`` messages a new one is refused at once, and what was accepted is kept.
    """

    post_messages: PostMessages
    most_waiting: int = 10_000
    most_at_once: int = 1_000
    _waiting: deque[tuple[Draft, OnDone]] = field(default_factory=deque)
    _wake: Event = field(default_factory=Event)
    _start: Lock = field(default_factory=Lock)
    _thread: Thread | None = None

    def submit(self, draft: Draft, on_done: OnDone) -> None:
        """Have a draft stored; ``on_done`` gets its outcome later. Never blocks.

        Raises ``Unavailable`` (``overloaded``) where too many are waiting.
        """
        if len(self._waiting) >= self.most_waiting:
            raise Unavailable("overloaded", "too many messages are waiting to be stored")
        self._waiting.append((draft, on_done))
        self._wake.set()
        if self._thread is None:
            self.start()

    def post(self, draft: Draft) -> Posted:
        """Have a draft stored and wait for it; raises the refusal that it meets."""
        future: Future[Outcome] = Future()
        self.submit(draft, future.set_result)
        outcome = future.result()
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome

    def start(self) -> None:
        """Start to write, once; this waits for a thread, where ``submit`` must not wait."""
        with self._start:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="chat-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._waiting:
                self._store([self._waiting.popleft() for _ in range(self._next())])

    def _next(self) -> int:
        return min(len(self._waiting), self.most_at_once)

    def _store(self, batch: Sequence[tuple[Draft, OnDone]]) -> None:
        outcomes = self._outcomes([draft for draft, _ in batch])
        for (_, on_done), outcome in zip(batch, outcomes, strict=True):
            try:
                on_done(outcome)
            except Exception:  # noqa: BLE001 - the writer outlives whom it answers
                _log.exception("answering a writer failed")

    def _outcomes(self, drafts: Sequence[Draft]) -> Sequence[Outcome]:
        try:
            return self.post_messages(drafts=drafts)
        except Refusal as refusal:
            return [refusal] * len(drafts)
        except Exception:  # noqa: BLE001 - the writer outlives a message
            if len(drafts) > 1:  # one that cannot be stored must not take the others with it
                return [self._outcomes([draft])[0] for draft in drafts]
            _log.exception("storing a message failed")
            failure = Unavailable("not_stored", "the message could not be stored, try again")
            return [failure]
