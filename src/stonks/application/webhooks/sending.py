"""Sending one event to one endpoint, once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from stonks.application.egress.ports import Answer, Egress
from stonks.application.ports import Clock, NewId
from stonks.application.webhooks.ports import Event, Sign
from stonks.domain.errors import Invalid, Unavailable
from stonks.domain.ids import AttemptId, EndpointId
from stonks.domain.webhooks.attempt import Attempt, Outcome, Reason

LONGEST = 15.0
"""Seconds for all of it."""
LARGEST = 4096
"""Bytes of an answer that are read, of which nothing but a challenge is looked at."""
TOO_MUCH = frozenset({429, 502, 504})
WITHOUT_ANSWER = {
    "egress_nowhere": Reason.FORBIDDEN_ADDRESS,
    "egress_uncertain": Reason.NO_ANSWER,
}
"""By the code of the way out; which names there are inside is told to nobody."""
SAY_WHEN = TOO_MUCH | {503}
"""Those after which ``Retry-After`` is heeded."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """An endpoint with the secrets that sign, opened."""

    endpoint_id: EndpointId
    url: str
    secrets: Sequence[bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it; ``retry_after`` is in seconds, and ``body`` what was answered."""

    attempt: Attempt
    retry_after: float | None = None
    body: bytes = field(default=b"", repr=False)

    @property
    def is_delivered(self) -> bool:
        return self.attempt.outcome is Outcome.DELIVERED


@dataclass(frozen=True, slots=True)
class SendEvent:
    """POST an event as Standard Webhooks 1.0 says. Raises nothing: what went wrong is answered."""

    egress: Egress
    sign: Sign
    retry_after: Callable[[Answer, datetime], float | None]
    now: Clock
    new_id: NewId
    clock: Callable[[], float] = monotonic
    longest: float = LONGEST

    def __call__(self, receiver: Receiver, event: Event) -> Sent:
        at, began = self.now(), self.clock()
        try:
            answer = self.egress.post(
                receiver.url,
                event.body,
                self._headers(receiver, event, at),
                seconds=self.longest,
                largest=LARGEST,
            )
        except Invalid as refusal:
            why: _Why = (Outcome.FAILED, None, Reason.FORBIDDEN_ADDRESS, refusal.detail)
            return Sent(self._attempt(receiver, event, at, began, why))
        except Unavailable as refusal:
            why = (Outcome.FAILED, None, self._no_answer(refusal, began), refusal.detail)
            return Sent(self._attempt(receiver, event, at, began, why))
        asked = self.retry_after(answer, self.now()) if answer.status in SAY_WHEN else None
        attempt = self._attempt(receiver, event, at, began, _why(answer.status))
        return Sent(attempt, asked, answer.body)

    def _headers(self, receiver: Receiver, event: Event, at: datetime) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "webhook-id": event.id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self.sign(receiver.secrets, event.id, at, event.body),
        }

    def _no_answer(self, refusal: Unavailable, began: float) -> Reason:
        if self.clock() - began >= self.longest:
            return Reason.TIMEOUT
        return WITHOUT_ANSWER.get(refusal.code, Reason.NOT_REACHED)

    def _attempt(
        self, receiver: Receiver, event: Event, at: datetime, began: float, why: "_Why"
    ) -> Attempt:
        outcome, status, reason, detail = why
        return Attempt(
            id=AttemptId(self.new_id()),
            endpoint_id=receiver.endpoint_id,
            event_id=event.id,
            event_type=event.type,
            seq=event.seq,
            at=at,
            duration=timedelta(seconds=self.clock() - began),
            outcome=outcome,
            status=status,
            reason=reason,
            detail=detail,
        )


_Why = tuple[Outcome, int | None, Reason | None, str]


def _why(status: int) -> _Why:
    if 200 <= status < 300:
        return Outcome.DELIVERED, status, None, ""
    if status == 410:
        return Outcome.FAILED, status, Reason.GONE, "it answered 410: it wants no more"
    if status in TOO_MUCH:
        detail = f"it answered {status}: it has too much to do"
        return Outcome.FAILED, status, Reason.SLOW_DOWN, detail
    if 300 <= status < 400:
        detail = f"it answered {status}: it leads elsewhere, which is not followed"
        return Outcome.FAILED, status, Reason.REDIRECT, detail
    return Outcome.FAILED, status, Reason.STATUS, f"it answered {status}"
