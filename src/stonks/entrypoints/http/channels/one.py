"""One channel: read, change, delete, and who runs it."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.channels import examples, refusals
from stonks.entrypoints.http.channels.shapes import (
    ChangeChannelBody,
    ChannelShape,
    MemberPageShape,
    channel_json,
    member_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.SLUG_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/<slug>", parameters=PATH)
    @routes.answers(200, ChannelShape, example=examples.CHANNEL)
    @routes.refuses(refusals.UNKNOWN_CHANNEL)
    def read_channel(slug: str) -> Response:
        """Read a channel"""
        return answer(channel_json(container.read_channel()(slug=slug)))

    @routes.patch("/<slug>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.takes(ChangeChannelBody, example=examples.CHANGE)
    @routes.answers(200, ChannelShape, example=examples.CHANGED)
    @routes.refuses(
        refusals.TITLE_TOO_LONG,
        refusals.UNKNOWN_CHANNEL,
        refusals.NOT_ALLOWED,
        refusals.SUSPENDED,
    )
    def change_channel(body: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """Change a channel's title or description

        HOST and ADMINs may; it shows in the live chat, as `/set title` does.
        """
        channel = container.read_channel()(slug=slug)
        container.change_channel()(actor=person.profile_id, channel_id=channel.id, **body)
        return answer(channel_json(container.read_channel()(slug=slug)))

    @routes.delete("/<slug>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.CHANNELS_WRITE)
    @routes.answers(204, description="Deleted")
    @routes.refuses(refusals.UNKNOWN_CHANNEL, refusals.HOST_ONLY)
    def delete_channel(slug: str, person: SignedIn) -> Response:
        """Delete a channel

        With its live chat, all that was said there, and its streams. HOST alone may.
        """
        channel = container.read_channel()(slug=slug)
        container.delete_channel()(actor=person.profile_id, channel_id=channel.id)
        return nothing()

    @routes.get("/<slug>/members", parameters=PATH)
    @routes.asks(PageQuery)
    @routes.answers(200, MemberPageShape, example=examples.MEMBERS)
    @routes.refuses(refusals.UNKNOWN_CHANNEL, BAD_CURSOR)
    def list_members(query: dict[str, Any], slug: str) -> Response:
        """List HOST and ADMINs"""
        channel, limit = container.read_channel()(slug=slug), query["limit"]
        after = id_of(query.get("cursor"), ProfileId)
        members = container.list_members()(channel_id=channel.id, after=after, limit=limit + 1)
        return answer(
            page_of(members, limit, key=lambda view: str(view.profile_id), present=member_json)
        )
