"""What a HOST reads of their webhooks."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.ports import Begin
from stonks.application.webhooks.ports import EndpointReads, EndpointView, WebhooksWork
from stonks.application.webhooks.rights import hosted
from stonks.domain.ids import AttemptId, ChannelId, EndpointId, ProfileId
from stonks.domain.webhooks.attempt import Attempt, Outcome


@dataclass(frozen=True, slots=True)
class ListEndpoints:
    """A channel's endpoints, the oldest first; raises as ``hosted`` does."""

    begin: Begin[WebhooksWork]
    reads: EndpointReads

    def __call__(
        self,
        *,
        actor: ProfileId,
        channel_id: ChannelId,
        after: EndpointId | None = None,
        limit: int,
    ) -> Sequence[EndpointView]:
        with self.begin() as work:
            hosted(work.channels.get(channel_id), actor)
        return self.reads.page(channel_id, after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class ReadEndpoint:
    """One of a channel's; raises ``NotFound`` (``unknown_endpoint``), and as ``hosted``."""

    begin: Begin[WebhooksWork]
    reads: EndpointReads

    def __call__(
        self, *, actor: ProfileId, channel_id: ChannelId, endpoint_id: EndpointId
    ) -> EndpointView:
        with self.begin() as work:
            hosted(work.channels.get(channel_id), actor)
        return self.reads.one(channel_id, endpoint_id)


@dataclass(frozen=True, slots=True)
class ListAttempts:
    """What an endpoint was sent in the last 30 days, the newest first; raises as
    ``ReadEndpoint`` does.
    """

    read: ReadEndpoint
    reads: EndpointReads

    def __call__(
        self,
        *,
        actor: ProfileId,
        channel_id: ChannelId,
        endpoint_id: EndpointId,
        outcome: Outcome | None = None,
        before: AttemptId | None = None,
        limit: int,
    ) -> Sequence[Attempt]:
        self.read(actor=actor, channel_id=channel_id, endpoint_id=endpoint_id)
        return self.reads.attempts(endpoint_id, outcome=outcome, before=before, limit=limit)
