"""Go live, stay live, go dark, and what was on before."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import StreamId
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.channels import examples, refusals
from stonks.entrypoints.http.channels.shapes import (
    StartStreamBody,
    StreamPageShape,
    StreamShape,
    stream_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.SLUG_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    _add_several(routes, container)
    _add_current(routes, container)


def _add_several(routes: Routes, container: "Container") -> None:
    @routes.post("/<slug>/streams", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.once
    @routes.takes(StartStreamBody, example=examples.START_STREAM, required=False)
    @routes.answers(201, StreamShape, example=examples.STREAM, description="It is live")
    @routes.limited(201, lambda: container.stream_pace().limits)
    @routes.refuses(
        refusals.TITLE_TOO_LONG,
        refusals.UNKNOWN_CHANNEL,
        refusals.HOST_ONLY,
        refusals.SUSPENDED,
        refusals.ALREADY_LIVE,
        refusals.TOO_MANY_STREAMS,
    )
    def start_stream(body: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """Go live

        HOST alone may, and one stream at a time; the live chat shows it. Those who follow the HOST
        are told, unless the stream before ended less than 10 minutes ago. At most 12 in any 10
        minutes and 60 in any day, on all channels of a HOST; going dark is never limited.
        """
        channel = container.read_channel()(slug=slug)
        stream = container.start_stream()(
            actor=person.profile_id, channel_id=channel.id, title=body.get("title")
        )
        return answer(stream_json(stream), 201)

    @routes.get("/<slug>/streams", parameters=PATH)
    @routes.asks(PageQuery)
    @routes.answers(200, StreamPageShape, example=examples.STREAMS)
    @routes.refuses(refusals.UNKNOWN_CHANNEL, BAD_CURSOR)
    def list_streams(query: dict[str, Any], slug: str) -> Response:
        """List a channel's streams

        Past and present, the newest first.
        """
        channel, limit = container.read_channel()(slug=slug), query["limit"]
        before = id_of(query.get("cursor"), StreamId)
        streams = container.list_streams()(channel_id=channel.id, before=before, limit=limit + 1)
        return answer(page_of(streams, limit, key=lambda view: str(view.id), present=stream_json))


def _add_current(routes: Routes, container: "Container") -> None:
    @routes.get("/<slug>/streams/current", parameters=PATH)
    @routes.answers(200, StreamShape, example=examples.STREAM)
    @routes.refuses(refusals.UNKNOWN_CHANNEL, refusals.NOT_LIVE)
    def read_current_stream(slug: str) -> Response:
        """Read the stream that is live"""
        channel = container.read_channel()(slug=slug)
        return answer(stream_json(container.read_current_stream()(channel_id=channel.id)))

    @routes.post("/<slug>/streams/current/end", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.answers(204, description="It is over")
    @routes.refuses(refusals.UNKNOWN_CHANNEL, refusals.NOT_HOST_NOR_STAFF, refusals.NOT_LIVE)
    def end_stream(slug: str, person: SignedIn) -> Response:
        """Go dark

        HOST and SUPERADMIN may; the live chat shows it, and stays open.
        """
        channel = container.read_channel()(slug=slug)
        container.end_stream()(actor=person.profile_id, channel_id=channel.id)
        return nothing()

    @routes.post("/<slug>/streams/current/beat", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.answers(204, description="It stays live")
    @routes.refuses(refusals.UNKNOWN_CHANNEL, refusals.HOST_ONLY, refusals.NOT_LIVE)
    def beat_stream(slug: str, person: SignedIn) -> Response:
        """Say that the HOST is still there

        For an encoder: send it every minute where the HOST has no socket open. Without either for
        `STONKS_STREAM_GRACE_SECONDS` (15 minutes, where it is not set) the stream is ended. 404
        (`not_live`) tells that it is over.
        """
        channel = container.read_channel()(slug=slug)
        container.beat_stream()(actor=person.profile_id, channel_id=channel.id)
        return nothing()
