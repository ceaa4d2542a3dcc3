"""Who follows somebody, and whom they follow."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.social.ports import FollowView, Place
from stonks.domain.ids import ProfileId
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import bad_cursor, key_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.social import examples, refusals
from stonks.entrypoints.http.social.shapes import FollowPageShape, follow_json

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    refuses = routes.refuses(refusals.UNKNOWN_PROFILE, BAD_CURSOR)

    @routes.get("/<username>/followers", parameters=examples.PATH)
    @routes.asks(PageQuery)
    @routes.answers(200, FollowPageShape, example=examples.PEOPLE)
    @refuses
    def list_followers(query: dict[str, Any], username: str) -> Response:
        """List who follows somebody

        The latest first.
        """
        return _page(container.list_followers(), query, username)

    @routes.get("/<username>/following", parameters=examples.PATH)
    @routes.asks(PageQuery)
    @routes.answers(200, FollowPageShape, example=examples.PEOPLE)
    @refuses
    def list_following(query: dict[str, Any], username: str) -> Response:
        """List whom somebody follows

        The latest first.
        """
        return _page(container.list_following(), query, username)


def _page(read: Any, query: dict[str, Any], username: str) -> Response:
    limit, after = query["limit"], _place(query.get("cursor"))
    views = read(username=username, after=after, limit=limit + 1)
    return answer(page_of(views, limit, key=_key, present=follow_json))


def _key(view: FollowView) -> str:
    return f"{view.since.isoformat()} {view.profile_id}"


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    since, _, profile_id = key_of(text).partition(" ")
    try:
        at, id_ = datetime.fromisoformat(since), ProfileId(UUID(hex=profile_id))
    except ValueError:
        raise bad_cursor() from None
    if at.utcoffset() != timedelta(0):
        raise bad_cursor()
    return at, id_
