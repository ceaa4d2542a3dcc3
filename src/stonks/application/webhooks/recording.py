"""Putting on record what nobody will say any more whether it was sent."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stonks.application.ports import Clock, NewId
from stonks.application.webhooks.ports import Event, Turn, WebhooksWork
from stonks.application.webhooks.runs import run_after
from stonks.domain.ids import AttemptId, EndpointId
from stonks.domain.webhooks.attempt import Attempt, Outcome, Reason
from stonks.domain.webhooks.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class RecordUnsure:
    """Put on record as ``unknown`` what whoever has, or had, the turn may have sent.

    For those who take up an endpoint whose sender died, and for those who end a turn before its
    time: whether its sender lives, and will say what came of it, they cannot know.
    """

    now: Clock
    new_id: NewId

    def __call__(self, work: WebhooksWork, of: Turn | Endpoint) -> None:
        if of.unsure_up_to is None:
            return
        id_ = of.endpoint_id if isinstance(of, Turn) else of.id
        run = run_after(work, of.room_id, of.position, of.event_types)
        unsure = [event for event in run.events if (event.seq or 0) <= of.unsure_up_to]
        work.attempts.add([self._unknown(id_, event) for event in unsure])

    def _unknown(self, endpoint_id: EndpointId, event: Event) -> Attempt:
        detail = "whoever was sending died, or lost its turn; it is sent again"
        id_, at = AttemptId(self.new_id()), self.now()
        attempt = attempt_at(endpoint_id, event, id_, at, Outcome.UNKNOWN)
        return replace(attempt, reason=Reason.SENDER_DIED, detail=detail)


def attempt_at(
    endpoint_id: EndpointId, event: Event, id_: AttemptId, at: datetime, outcome: Outcome
) -> Attempt:
    """One that took no time that we know of."""
    return Attempt(
        id=id_,
        endpoint_id=endpoint_id,
        event_id=event.id,
        event_type=event.type,
        seq=event.seq,
        at=at,
        duration=timedelta(0),
        outcome=outcome,
    )
