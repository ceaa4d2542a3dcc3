"""Open a channel, and look for channels."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ChannelId
from stonks.entrypoints.http.channels import examples, refusals
from stonks.entrypoints.http.channels.shapes import (
    ChannelPageShape,
    ChannelShape,
    ChannelsQuery,
    OpenChannelBody,
    channel_json,
)
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("")
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.once
    @routes.takes(OpenChannelBody, example=examples.OPEN)
    @routes.answers(201, ChannelShape, example=examples.CHANNEL)
    @routes.refuses(
        refusals.BAD_SLUG,
        refusals.RESERVED_SLUG,
        refusals.TITLE_TOO_LONG,
        refusals.SLUG_TAKEN,
        refusals.MAY_NOT_OPEN,
    )
    def open_channel(body: dict[str, Any], person: SignedIn) -> Response:
        """Open a channel

        Who opens it is its HOST, and its live chat is open at once.
        """
        channel = container.open_channel()(actor=person.profile_id, **body)
        return answer(channel_json(container.read_channel()(slug=channel.slug)), 201)

    @routes.get("")
    @routes.asks(ChannelsQuery)
    @routes.answers(200, ChannelPageShape, example=examples.CHANNELS)
    @routes.refuses(BAD_CURSOR)
    def list_channels(query: dict[str, Any]) -> Response:
        """Look for channels

        The newest first; with `live=true` those that are on air now.
        """
        before, limit = id_of(query.get("cursor"), ChannelId), query["limit"]
        channels = container.list_channels()(
            q=query.get("q"), is_live=query.get("live"), before=before, limit=limit + 1
        )
        return answer(page_of(channels, limit, key=lambda view: str(view.id), present=channel_json))
