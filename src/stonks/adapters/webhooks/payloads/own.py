"""What is in no log: sent to one endpoint, about itself."""

from typing import Annotated

from msgspec import Meta

from stonks.adapters.webhooks.payloads.base import EndpointEvent


class EndpointVerification(EndpointEvent, frozen=True, gc=False):
    """Sent when the HOST activates an endpoint, to find out whether it wants to be one.

    It becomes active only where the answer is a 2xx whose body is the challenge, or a JSON object
    with the challenge as its ``challenge``.
    """

    challenge: Annotated[str, Meta(description="What to answer with.")]


class EndpointTest(EndpointEvent, frozen=True, gc=False):
    """Sent when the HOST asks for it, to see that it arrives; never sent again by itself."""
