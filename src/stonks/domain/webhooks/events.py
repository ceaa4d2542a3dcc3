"""What happens to endpoints that others want to know of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stonks.domain.ids import ChannelId, EndpointId


@dataclass(frozen=True, slots=True)
class EndpointDisabled:
    """Stonks gave an endpoint up; ``id`` is of this time, ``reason`` says why in a few words."""

    id: UUID
    endpoint_id: EndpointId
    channel_id: ChannelId
    at: datetime
    url: str
    reason: str
