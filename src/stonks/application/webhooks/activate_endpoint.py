"""Ask an endpoint whether it wants to be one."""

from dataclasses import dataclass, replace

from stonks.application.ports import Begin, Clock, Hint, Pace
from stonks.application.webhooks.asking import Asked, FindReceiver
from stonks.application.webhooks.challenges import is_answered
from stonks.application.webhooks.keeping import keep
from stonks.application.webhooks.ports import (
    EndpointView,
    NewChallenge,
    NewVerification,
    WebhooksWork,
)
from stonks.application.webhooks.recording import RecordUnsure
from stonks.application.webhooks.rights import hosted_and_open
from stonks.application.webhooks.sending import SendEvent
from stonks.application.webhooks.viewing import view_of
from stonks.domain.errors import Conflict
from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.domain.webhooks.attempt import Attempt, Outcome, Reason


@dataclass(frozen=True, slots=True)
class ActivateEndpoint:
    """Send events to whoever answers a challenge, and to nobody else.

    The first time it begins with what happens from then on; one that was disabled goes on where it
    stopped, and what failed is tried at once.
    """

    find: FindReceiver
    begin: Begin[WebhooksWork]
    pace: Pace
    new_challenge: NewChallenge
    new_verification: NewVerification
    send: SendEvent
    record_unsure: RecordUnsure
    hint: Hint
    now: Clock

    def __call__(
        self, *, actor: ProfileId, channel_id: ChannelId, endpoint_id: EndpointId
    ) -> EndpointView:
        """Raises ``Limited``, ``Conflict`` (``verification_failed``; ``endpoint_changed`` where
        its URL did meanwhile), and as ``FindReceiver`` does.
        """
        asked = self.find(actor, channel_id, endpoint_id)
        self.pace(actor)
        attempt = self._ask(asked)
        with self.begin() as work:
            work.attempts.add([attempt])
        if attempt.outcome is not Outcome.DELIVERED:
            raise Conflict("verification_failed", f"it was not verified: {attempt.detail}")
        view = self._activate(asked, actor)
        self.hint(f"webhooks.{view.endpoint.lane}")
        return view

    def _ask(self, asked: Asked) -> Attempt:
        """The attempt, which failed where the answer is another than the challenge."""
        challenge = self.new_challenge()
        event = self.new_verification(asked.endpoint.id, asked.channel.slug, challenge, asked.at)
        sent = self.send(asked.receiver, event)
        if not sent.is_delivered or is_answered(sent.body, challenge):
            return sent.attempt
        detail = f"it answered {sent.attempt.status}, without the challenge"
        return replace(sent.attempt, outcome=Outcome.FAILED, reason=Reason.CHALLENGE, detail=detail)

    def _activate(self, asked: Asked, actor: ProfileId) -> EndpointView:
        with self.begin() as work:
            channel = hosted_and_open(work.channels.lock(asked.channel.id), actor)
            endpoint = work.endpoints.lock(channel.id, asked.endpoint.id)
            if endpoint.url != asked.endpoint.url:
                detail = "its URL was changed meanwhile; activate it again"
                raise Conflict("endpoint_changed", detail)
            self.record_unsure(work, endpoint)
            endpoint.activate(last_seq=channel.last_seq, at=self.now())
            keep(work, endpoint)
        return view_of(endpoint, channel)
