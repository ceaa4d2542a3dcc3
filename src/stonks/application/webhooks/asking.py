"""Sending an endpoint what its HOST asks for, now."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.ports import Begin, Clock
from stonks.application.webhooks.opening import OpenSecrets
from stonks.application.webhooks.ports import HostedChannel, WebhooksWork
from stonks.application.webhooks.rights import hosted_and_open
from stonks.application.webhooks.sending import Receiver
from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.domain.webhooks.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask, as it was at that time; nothing is held meanwhile."""

    channel: HostedChannel
    endpoint: Endpoint
    receiver: Receiver
    at: datetime


@dataclass(frozen=True, slots=True)
class FindReceiver:
    """Whom a HOST may have asked something, ready to sign."""

    begin: Begin[WebhooksWork]
    open: OpenSecrets
    now: Clock

    def __call__(self, actor: ProfileId, channel_id: ChannelId, endpoint_id: EndpointId) -> Asked:
        """Raises ``NotFound`` (``unknown_endpoint``), and as ``hosted_and_open`` and
        ``OpenSecrets`` do.
        """
        with self.begin() as work:
            channel = hosted_and_open(work.channels.get(channel_id), actor)
            endpoint, at = work.endpoints.lock(channel_id, endpoint_id), self.now()
        return Asked(channel, endpoint, self.open.of(endpoint, at), at)
