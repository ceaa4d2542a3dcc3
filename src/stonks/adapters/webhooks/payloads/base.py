"""What all events have."""

from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct

from stonks.adapters.webhooks.payloads.fields import EndpointId, Room, Seq, Slug

RoleName: TypeAlias = Annotated[
    Literal["member", "ADMIN", "HOST", "SUPERADMIN"],
    Meta(description="The role that they had then."),
]


class EventActor(Struct, rename="camel", frozen=True, gc=False):
    """Who did it."""

    id: Annotated[
        UUID, Meta(description="Their profile: stays the same when they are renamed, or leave.")
    ]
    username: Annotated[
        str | None,
        Meta(description="The name that they have now; null once they have left Stonks."),
    ]
    role: RoleName


class ChatEvent(Struct, rename="camel", frozen=True, gc=False):
    """What happened in a channel's live chat."""

    channel: Slug
    room: Room
    seq: Seq
    actor: Annotated[EventActor, Meta(description="Who did it.")]


class EndpointEvent(Struct, rename="camel", frozen=True, gc=False):
    """What is sent to one endpoint alone, about itself."""

    channel: Slug
    endpoint: EndpointId


class Envelope(Struct, frozen=True, gc=False):
    """The body of a request."""

    type: str
    timestamp: str
    data: Any
