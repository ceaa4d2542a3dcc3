"""Endpoints as their HOST sees them who has just changed them."""

from dataclasses import dataclass, field

from stonks.application.webhooks.ports import EndpointView, HostedChannel
from stonks.domain.webhooks.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class EndpointWithSecret:
    """An endpoint and what it checks signatures with, shown this once."""

    view: EndpointView
    secret: bytes = field(repr=False)


def view_of(endpoint: Endpoint, channel: HostedChannel) -> EndpointView:
    return EndpointView(endpoint, channel.last_seq - endpoint.position)
