"""Remove an endpoint."""

from dataclasses import dataclass

from stonks.application.ports import Begin
from stonks.application.webhooks.ports import WebhooksWork
from stonks.application.webhooks.rights import hosted
from stonks.domain.ids import ChannelId, EndpointId, ProfileId


@dataclass(frozen=True, slots=True)
class RemoveEndpoint:
    """Send it nothing any more, and forget it."""

    begin: Begin[WebhooksWork]

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId, endpoint_id: EndpointId) -> None:
        """Raises ``NotFound`` (``unknown_endpoint``), and as ``hosted`` does."""
        with self.begin() as work:
            hosted(work.channels.lock(channel_id), actor)
            work.endpoints.remove(work.endpoints.lock(channel_id, endpoint_id))
