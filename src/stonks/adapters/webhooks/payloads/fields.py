"""Fields that many events have, each with its meaning."""

from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta

Slug: TypeAlias = Annotated[str, Meta(description="The slug of the channel.")]
Room: TypeAlias = Annotated[UUID, Meta(description="The room in whose log it stands.")]
Seq: TypeAlias = Annotated[
    int,
    Meta(
        ge=1,
        le=2**63 - 1,
        description="Its place in the room's log, which counts 1, 2, 3, … without gaps.",
    ),
]
MessageSeq: TypeAlias = Annotated[
    int, Meta(ge=1, le=2**63 - 1, description="The `seq` of the message that it is about.")
]
PersonId: TypeAlias = Annotated[
    UUID, Meta(description="Whom it was done to; their id stays the same when they are renamed.")
]
PersonName: TypeAlias = Annotated[str, Meta(description="The name that they had then.")]
Reason: TypeAlias = Annotated[
    str, Meta(description="Why, in the words of whoever did it; or empty.")
]
StreamId: TypeAlias = Annotated[UUID, Meta(description="The same at its start and its end.")]
Time: TypeAlias = Annotated[
    str,
    Meta(
        description="RFC 3339, UTC, milliseconds.",
        extra_json_schema={"format": "date-time"},
    ),
]
EndpointId: TypeAlias = Annotated[UUID, Meta(description="The endpoint that it is sent to.")]
