"""Send an endpoint an event that means nothing."""

from dataclasses import dataclass

from stonks.application.ports import Begin, Pace
from stonks.application.webhooks.asking import FindReceiver
from stonks.application.webhooks.ports import NewTest, WebhooksWork
from stonks.application.webhooks.sending import SendEvent
from stonks.domain.errors import Conflict
from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.domain.webhooks.attempt import Attempt
from stonks.domain.webhooks.endpoint import Status


@dataclass(frozen=True, slots=True)
class SendTest:
    """Send ``webhook.test`` now, signed, and see what becomes of it.

    One that was disabled may be tried so before it is activated; one that was never verified is
    sent nothing but verifications, as it may be somebody's who did not ask for it.
    """

    find: FindReceiver
    begin: Begin[WebhooksWork]
    pace: Pace
    new_test: NewTest
    send: SendEvent

    def __call__(
        self, *, actor: ProfileId, channel_id: ChannelId, endpoint_id: EndpointId
    ) -> Attempt:
        """Whatever came of it. Raises ``Limited``, ``Conflict`` (``endpoint_not_active``), and as
        ``FindReceiver`` does.
        """
        asked = self.find(actor, channel_id, endpoint_id)
        if asked.endpoint.status is Status.PENDING:
            raise Conflict("endpoint_not_active", "activate this endpoint first")
        self.pace(actor)
        event = self.new_test(endpoint_id, asked.channel.slug, asked.at)
        attempt = self.send(asked.receiver, event).attempt
        with self.begin() as work:
            work.attempts.add([attempt])
        return attempt
