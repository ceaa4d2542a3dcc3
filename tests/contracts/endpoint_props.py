"""An endpoint that a HOST has who asks for it."""

from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.entrypoints.container import Container

URL = "https://hooks.example.com/stonks"


def an_endpoint(
    container: Container, host: ProfileId, channel_id: ChannelId, *, is_active: bool = True
) -> EndpointId:
    """One that answers every challenge, and has been told everything."""
    made = container.add_endpoint()(actor=host, channel_id=channel_id, url=URL)
    id_: EndpointId = made.view.endpoint.id
    if is_active:
        container.activate_endpoint()(actor=host, channel_id=channel_id, endpoint_id=id_)
    return id_
