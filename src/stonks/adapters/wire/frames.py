"""The frames of the socket protocol: text, one JSON object each, told apart by ``type``."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from stonks.adapters.wire.framing import text_frame
from stonks.domain.chat.message import LONGEST_NONCE
from stonks.domain.chat.parser import LONGEST_LINE
from stonks.domain.ids import NoticeId, ProfileId, RoomId

LARGEST_FRAME = 16 * 1024
LONGEST_TOKEN = 8192

RoleName: TypeAlias = Literal["anonymous", "member", "ADMIN", "HOST", "SUPERADMIN"]
Seq: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1, description="a place in a room's log")]
# Told and not checked here: what is too long is refused by name, in answer to its nonce.
Nonce: TypeAlias = Annotated[
    str,
    Meta(
        description="the sender's name for a message",
        extra_json_schema={"minLength": 1, "maxLength": LONGEST_NONCE},
    ),
]
Line: TypeAlias = Annotated[
    str, Meta(extra_json_schema={"minLength": 1, "maxLength": LONGEST_LINE})
]
Token: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST_TOKEN)]
Time: TypeAlias = Annotated[
    str,
    Meta(description="RFC 3339, UTC, milliseconds", extra_json_schema={"format": "date-time"}),
]


class ClientFrame(Struct, rename="camel", tag_field="type", forbid_unknown_fields=True):
    """What a client sends."""


class Authenticate(ClientFrame, tag="authenticate"):
    """Sign this connection in. Answered by ``authenticated``, or ``error``."""

    token: Token


class Subscribe(ClientFrame, tag="subscribe"):
    """Follow a room. Answered by ``subscribed``, then every entry after ``after``, in order.

    Without ``after`` only what happens from now on follows.
    """

    room: RoomId
    after: Seq | None = None


class Unsubscribe(ClientFrame, tag="unsubscribe"):
    """Stop following a room. Answered by ``unsubscribed``."""

    room: RoomId


class Send(ClientFrame, tag="send"):
    """Write to a room. A message is answered by ``ack``, a line with ``/`` by ``result``.

    Either may be refused by an ``error``; each answer repeats the ``nonce``, unless it is longer
    than a nonce may be. A message sent again with the same nonce is the same message.
    """

    room: RoomId
    text: Line
    nonce: Nonce | None = None


class StartTyping(ClientFrame, tag="typing"):
    """Tell the room that this person is writing; passed on at most once in 2 s."""

    room: RoomId


class Ping(ClientFrame, tag="ping"):
    """Answered by ``pong``."""


class ServerFrame(Struct, rename="camel", tag_field="type", omit_defaults=True):
    """What the server sends."""


class Limits(Struct, rename="camel"):
    """What a connection may do."""

    frame_bytes: int
    frames_per_second: float
    text_characters: int
    rooms: int


class Hello(ServerFrame, tag="hello"):
    """The first frame of every connection. ``sessionId`` names the connection, in logs too."""

    session_id: UUID
    heartbeat_seconds: float
    limits: Limits


class You(Struct, rename="camel", omit_defaults=True):
    """Who you are in a room. Muted for a while, there is a ``mutedUntil``."""

    role: RoleName
    is_muted: bool = msgspec.field(name="muted")
    muted_until: Time | None = None
    username: str | None = None


class Standing(Struct, rename="camel"):
    """Who you are in one of the rooms that you follow."""

    room: RoomId
    you: You


class Authenticated(ServerFrame, tag="authenticated"):
    """You are signed in; ``rooms`` are those that this connection follows already."""

    profile_id: ProfileId
    username: str
    rooms: Sequence[Standing]


class EntryActor(Struct, rename="camel"):
    """Who did it, with the role that they had then; who has left Stonks has no name any more."""

    id: ProfileId
    username: str | None
    role: RoleName


class EntryFrame(ServerFrame, tag="entry"):
    """One entry of a room's log. A ``message`` has ``data.text``, or ``data.hidden``.

    A ``stream_started`` has ``data.streamId`` and ``data.title``, a ``stream_ended`` the
    ``data.reason``, which is ``ended``, ``suspended`` or ``vanished``.

    Where a webhook of the channel asks for it, it is in the log, too, who comes and goes
    (``member_joined``, ``member_left``, by their actor) and how many are there
    (``members_counted`` has ``data.count``).
    """

    room: RoomId
    seq: Seq
    at: Time
    kind: str
    actor: EntryActor
    data: Mapping[str, object]


class Subscribed(ServerFrame, tag="subscribed"):
    """You follow a room, whose log has come to ``seq``; ``channel`` is the slug of its channel.

    ``slowSeconds`` and ``followersSeconds`` are null while those modes are off.
    """

    room: RoomId
    channel: str
    seq: Seq
    you: You
    pinned: EntryFrame | None
    slow_seconds: int | None
    followers_seconds: int | None


class Unsubscribed(ServerFrame, tag="unsubscribed"):
    """You no longer follow a room: you asked, or an ``error`` before this one says why."""

    room: RoomId


class Ack(ServerFrame, tag="ack"):
    """Your message is stored durably, once, as this entry of the log."""

    room: RoomId
    seq: Seq
    at: Time
    nonce: str | None = None


class Result(ServerFrame, tag="result"):
    """The answer to your command, to you alone."""

    room: RoomId
    command: str
    detail: str
    nonce: str | None = None
    data: Mapping[str, object] | None = None


class Typing(ServerFrame, tag="typing"):
    """Somebody is writing in a room."""

    room: RoomId
    username: str


class Viewers(ServerFrame, tag="viewers"):
    """How many connections follow a room, on all servers; at most every 5 s."""

    room: RoomId
    count: int


class InboxEntry(Struct, rename="camel"):
    """What somebody was told. ``type`` says what it is about, and what is in ``data``."""

    id: NoticeId
    kind: str = msgspec.field(name="type")
    at: Time
    read_at: Time | None
    data: Mapping[str, object]


class Notification(ServerFrame, tag="notification"):
    """Something that you are told, live, as it stands in your inbox.

    It is sent to each connection on which you signed in yourself, and to programs whose access
    token has the scope ``notifications:read``; once, unless it has changed since: the same ``id``
    with a later ``at`` takes the place of what was there. What came before you signed in here is
    in your inbox.
    """

    notification: InboxEntry


class Error(ServerFrame, tag="error"):
    """Something was refused and changed nothing. ``retryAfter`` is in seconds."""

    code: str
    detail: str
    nonce: str | None = None
    room: RoomId | None = None
    retry_after: float | None = None


class Pong(ServerFrame, tag="pong"):
    """The answer to ``ping``."""


AnyClientFrame: TypeAlias = Authenticate | Subscribe | Unsubscribe | Send | StartTyping | Ping
CLIENT_FRAMES = (Authenticate, Subscribe, Unsubscribe, Send, StartTyping, Ping)
SERVER_FRAMES = (
    Hello,
    Authenticated,
    Subscribed,
    Unsubscribed,
    EntryFrame,
    Ack,
    Result,
    Typing,
    Viewers,
    Notification,
    Error,
    Pong,
)

_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[AnyClientFrame] = msgspec.json.Decoder(AnyClientFrame)


def encode(frame: ServerFrame) -> bytes:
    """The frame as it goes over the wire."""
    return text_frame(_ENCODER.encode(frame))


def decode(message: str | bytes) -> AnyClientFrame:
    """What a client sent; raises ``msgspec.DecodeError`` for anything but exactly a frame."""
    try:
        return _DECODER.decode(message)
    except RecursionError as error:
        raise msgspec.DecodeError("JSON is nested too deeply") from error
