"""What comes in and goes out of the channels' routes."""

from typing import Any

from marshmallow import fields

from stonks.application.channels.ports import (
    ChannelMemberView,
    ChannelView,
    LiveView,
    StreamView,
)
from stonks.domain.channels.stream import EndReason, Stream
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, PageQuery, Shape

TITLE = {"minLength": 1, "maxLength": 140}
DESCRIPTION = {"maxLength": 2000}
SLUG = {
    "pattern": "^[A-Za-z0-9][A-Za-z0-9-]{1,38}[A-Za-z0-9]$",
    "description": "3 to 40 letters, digits and hyphens; the channel's address for good.",
}


class OpenChannelBody(Body):
    slug = fields.String(required=True, metadata=SLUG)
    title = fields.String(required=True, metadata=TITLE)
    description = fields.String(metadata=DESCRIPTION)


class ChangeChannelBody(Body):
    title = fields.String(metadata=TITLE)
    description = fields.String(metadata=DESCRIPTION)


class SuspensionBody(Body):
    reason = fields.String(metadata={"maxLength": 200})


class StartStreamBody(Body):
    title = fields.String(metadata=TITLE | {"description": "The channel's own without one."})


class ChannelsQuery(PageQuery):
    q = fields.String(
        metadata={"description": "Part of a slug or a title.", "minLength": 1, "maxLength": 100},
    )
    live = fields.Boolean(metadata={"description": "Only those that are live, or are not."})


class HostShape(Shape):
    username = fields.String(required=True)
    full_name = fields.String(required=True)


class LiveShape(Shape):
    id = fields.UUID(required=True)
    title = fields.String(required=True)
    started_at = fields.DateTime(required=True)


class ChannelShape(Shape):
    id = fields.UUID(required=True)
    slug = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    room = fields.UUID(required=True, metadata={"description": "Its live chat, on sockets."})
    host = fields.Nested(HostShape, required=True)
    live = fields.Nested(
        LiveShape,
        required=True,
        allow_none=True,
        metadata={"description": "The stream that is live."},
    )
    is_suspended = fields.Boolean(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class ChannelPageShape(Shape):
    items = fields.List(fields.Nested(ChannelShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class MemberShape(Shape):
    username = fields.String(required=True)
    full_name = fields.String(required=True)
    role = fields.String(required=True, metadata={"enum": ["HOST", "ADMIN"]})
    since = fields.DateTime(required=True)


class MemberPageShape(Shape):
    items = fields.List(fields.Nested(MemberShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class StreamShape(LiveShape):
    ended_at = fields.DateTime(required=True, allow_none=True)
    end_reason = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "enum": [*EndReason, None],
            "description": "Somebody ended it, its channel was suspended, or its HOST vanished.",
        },
    )


class StreamPageShape(Shape):
    items = fields.List(fields.Nested(StreamShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def channel_json(view: ChannelView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "slug": view.slug,
        "title": view.title,
        "description": view.description,
        "room": str(view.room_id),
        "host": {"username": view.host, "fullName": view.host_name},
        "live": view.live and live_json(view.live),
        "isSuspended": view.suspended_at is not None,
        "createdAt": rfc3339(view.created_at),
        "updatedAt": rfc3339(view.updated_at),
    }


def member_json(view: ChannelMemberView) -> dict[str, Any]:
    return {
        "username": view.username,
        "fullName": view.full_name,
        "role": view.role,
        "since": rfc3339(view.since),
    }


def live_json(stream: LiveView | StreamView | Stream) -> dict[str, Any]:
    return {
        "id": str(stream.id),
        "title": stream.title,
        "startedAt": rfc3339(stream.started_at),
    }


def stream_json(stream: StreamView | Stream) -> dict[str, Any]:
    return live_json(stream) | {
        "endedAt": stream.ended_at and rfc3339(stream.ended_at),
        "endReason": stream.end_reason,
    }
