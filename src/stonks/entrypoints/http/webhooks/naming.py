"""Which endpoint a request is about, and who asks."""

from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from stonks.domain.ids import ChannelId, EndpointId, ProfileId

if TYPE_CHECKING:
    from stonks.application.identity.ports import SignedIn
    from stonks.entrypoints.container import Container


class Named(TypedDict):
    actor: ProfileId
    channel_id: ChannelId
    endpoint_id: EndpointId


def named(container: "Container", slug: str, endpoint_id: UUID, person: "SignedIn") -> Named:
    """As use cases want to know it; raises ``NotFound`` (``unknown_channel``)."""
    channel = container.read_channel()(slug=slug)
    return {
        "actor": person.profile_id,
        "channel_id": channel.id,
        "endpoint_id": EndpointId(endpoint_id),
    }
