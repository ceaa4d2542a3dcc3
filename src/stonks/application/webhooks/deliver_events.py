"""Tell an endpoint what it has not been told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import monotonic, sleep

from stonks.application.ports import Begin, Clock, NewId
from stonks.application.webhooks.opening import OpenSecrets
from stonks.application.webhooks.ports import (
    Event,
    NoteFailure,
    Run,
    Turn,
    WebhooksWork,
)
from stonks.application.webhooks.putting_off import PutOff
from stonks.application.webhooks.recording import RecordUnsure, attempt_at
from stonks.application.webhooks.runs import A_RUN, run_after
from stonks.application.webhooks.sending import Receiver, SendEvent, Sent
from stonks.domain.errors import Unavailable
from stonks.domain.ids import AttemptId
from stonks.domain.webhooks.attempt import Attempt, Outcome, Reason
from stonks.domain.webhooks.endpoint import Lane

LEASE = timedelta(seconds=45)
"""More than a send and all that is done between two of them take."""
LONGEST_RUN = 0.5
"""Seconds after which it is written down in any case."""
LONGEST_TURN = 2.0
"""Seconds after which others have their turn."""
AGAIN_AFTER = 0.02
"""Seconds after which an endpoint that was told a whole run or more in this turn is looked at once
more, before the turn ends: of a chat that goes on there is more by then."""
SLOW = 1.0
"""Seconds for an event, on average, from which on an endpoint waits with those that are slow."""


@dataclass(slots=True)
class _Told:
    """How far a turn has come since it was last written down."""

    position: int
    attempts: list[Attempt] = field(default_factory=list)
    failed: Sent | None = None


@dataclass(frozen=True, slots=True)
class DeliverEvents:
    """Have a turn at whichever endpoint is due longest: its events in order, each until it was
    delivered, and none after one that was not.

    What will be sent is written down before, and what became of it after. Whoever dies in between
    leaves events that may have arrived: the next turn puts them on record and sends them again.
    """

    begin: Begin[WebhooksWork]
    send: SendEvent
    open: OpenSecrets
    record_unsure: RecordUnsure
    put_off: PutOff
    note_failure: NoteFailure
    now: Clock
    new_id: NewId
    clock: Callable[[], float] = monotonic
    wait: Callable[[float], None] = sleep

    def __call__(self, lane: Lane) -> bool:
        """Whether one was due, and others may be; raises where nobody can know.

        What goes wrong with one endpoint is noted, and its turn left to its lease, so that it holds
        up no other.
        """
        with self.begin() as work:
            turn = work.turns.take(lane, self.new_id(), LEASE)
        if turn is None:
            return False
        try:
            self._have(turn)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is of this endpoint alone
            self.note_failure(turn.endpoint_id, error)
        return True

    def _have(self, turn: Turn) -> None:
        with self.begin() as work:
            run = self._first(work, turn)
        if not run.events:
            return
        try:
            receiver = self.open(turn.endpoint_id, turn.url, turn.secrets)
        except Unavailable:
            self._cannot_sign(turn, run.events[0])
        else:
            self._tell(turn, receiver, run)

    def _first(self, work: WebhooksWork, turn: Turn) -> Run:
        self.record_unsure(work, turn)
        run = run_after(work, turn.room_id, turn.position, turn.event_types)
        if run.events:
            return self._promised(work, turn, turn.position, run)
        work.turns.end(turn, run.position, failures=turn.failures, lane=_lane(turn.failures))
        return run

    def _tell(self, turn: Turn, receiver: Receiver, run: Run) -> None:
        began, sent = self.clock(), 0
        while run.events:
            told = self._send(receiver, turn, run)
            sent += len(told.attempts)
            took = self.clock() - began
            lane = Lane.SLOW if took > SLOW * sent else Lane.STEADY
            with self.begin() as work:
                work.attempts.add(told.attempts)
                if told.failed is not None:
                    self.put_off(work, turn, told.position, told.failed, is_first=sent == 1)
                    return
                if took >= LONGEST_TURN:
                    work.turns.end(turn, told.position, lane=lane)
                    return
                is_busy = sent >= A_RUN
                run = self._next(work, turn, told.position, lane, may_rest=not is_busy)
            if is_busy and not run.events:
                self.wait(AGAIN_AFTER)
                with self.begin() as work:
                    run = self._next(work, turn, run.position, lane, may_rest=True)

    def _cannot_sign(self, turn: Turn, event: Event) -> None:
        """As good as not delivered, so that its HOST sees it, and is told in the end."""
        attempt = attempt_at(
            turn.endpoint_id, event, AttemptId(self.new_id()), self.now(), Outcome.FAILED
        )
        detail = "its secret does not open any more: rotate it"
        failed = Sent(replace(attempt, reason=Reason.UNSIGNED, detail=detail))
        with self.begin() as work:
            work.attempts.add([failed.attempt])
            self.put_off(work, turn, turn.position, failed, is_first=True)

    def _send(self, receiver: Receiver, turn: Turn, run: Run) -> _Told:
        told, until = _Told(turn.position), self.clock() + LONGEST_RUN
        for event in run.events:
            sent = self.send(receiver, event)
            told.attempts.append(sent.attempt)
            if not sent.is_delivered:
                told.failed = sent
                told.position = (event.seq or 0) - 1
                return told
            told.position = event.seq or 0
            if self.clock() >= until:
                return told
        told.position = run.position
        return told

    def _next(
        self, work: WebhooksWork, turn: Turn, position: int, lane: Lane, *, may_rest: bool
    ) -> Run:
        """What is next; nothing where the turn was lost, or is over because there is nothing."""
        run = run_after(work, turn.room_id, position, turn.event_types)
        if run.events:
            return self._promised(work, turn, position, run)
        if not may_rest:
            return self._promised(work, turn, run.position, run)
        work.turns.end(turn, run.position, lane=lane)
        return run

    def _promised(self, work: WebhooksWork, turn: Turn, position: int, run: Run) -> Run:
        is_ours = work.turns.go_on(turn, position, run.position, LEASE)
        return run if is_ours else Run((), position)


def _lane(failures: int) -> Lane:
    return Lane.SLOW if failures else Lane.STEADY
