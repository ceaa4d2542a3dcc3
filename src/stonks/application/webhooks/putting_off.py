"""Leaving an endpoint that failed alone for a while, or for good."""

from dataclasses import dataclass

from stonks.application.ports import Clock, NewId
from stonks.application.webhooks.ports import Jitter, Turn, WebhooksWork
from stonks.application.webhooks.sending import Sent
from stonks.domain.webhooks.attempt import Reason
from stonks.domain.webhooks.endpoint import DisabledBecause, Lane
from stonks.domain.webhooks.retrying import delay_after


@dataclass(frozen=True, slots=True)
class PutOff:
    """End a turn that ended with what was not delivered; ``failed`` is that."""

    jitter: Jitter
    now: Clock
    new_id: NewId

    def __call__(
        self, work: WebhooksWork, turn: Turn, position: int, failed: Sent, *, is_first: bool
    ) -> None:
        """``is_first`` says that nothing was delivered in this turn before."""
        failures = turn.failures + 1 if is_first else 1
        after = delay_after(failures, failed.retry_after, self.jitter())
        if failed.attempt.reason is Reason.GONE:
            self._give_up(work, turn, position, failures, failed, DisabledBecause.GONE)
        elif after is None:
            self._give_up(work, turn, position, failures, failed, DisabledBecause.KEPT_FAILING)
        else:
            work.turns.end(turn, position, failures=failures, lane=Lane.SLOW, after=after)

    def _give_up(
        self,
        work: WebhooksWork,
        turn: Turn,
        position: int,
        failures: int,
        failed: Sent,
        because: DisabledBecause,
    ) -> None:
        endpoint = work.turns.hold(turn)
        if endpoint is None:
            return
        at = self.now()
        endpoint.position, endpoint.failures = position, failures
        endpoint.failing_since = endpoint.failing_since or at
        last = failed.attempt.detail
        work.publish(endpoint.disable(because, last=last, id_=self.new_id(), at=at))
        work.endpoints.save(endpoint)
