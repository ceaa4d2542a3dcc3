"""List one's sessions and end them, and change one's password."""

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.adapters.devices import read_device
from stonks.application.identity.ports import SignedIn
from stonks.application.identity.sessions.change_password import LIMITS
from stonks.domain.ids import SessionId
from stonks.entrypoints.http import cookies
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.identity import refusals
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.identity.sessions import examples
from stonks.entrypoints.http.identity.sessions.shapes import (
    ChangePasswordBody,
    SessionPageShape,
    session_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(auth: Routes, people: Routes, container: "Container") -> None:
    _add_list(auth, container)
    _add_ends(auth, container)
    _add_password(people, container)


def _add_list(routes: Routes, container: "Container") -> None:
    @routes.get("/sessions")
    @routes.for_members
    @routes.asks(PageQuery)
    @routes.answers(200, SessionPageShape, example=examples.SESSIONS)
    @routes.refuses(BAD_CURSOR)
    def list_sessions(query: dict[str, Any], person: SignedIn) -> Response:
        """List where one is signed in

        The newest first. Personal access tokens are listed elsewhere.
        """
        before, limit = id_of(query.get("cursor"), SessionId), query["limit"]
        views = container.list_sessions()(actor=person.profile_id, before=before, limit=limit + 1)
        present = partial(session_json, current=person.session_id)
        return answer(page_of(views, limit, key=lambda view: str(view.id), present=present))


def _add_ends(routes: Routes, container: "Container") -> None:
    @routes.delete("/sessions/<uuid:session_id>", parameters=[examples.ID_PARAMETER])
    @routes.for_members
    @routes.answers(204, description="The session is over")
    @routes.refuses(examples.UNKNOWN)
    def end_session(session_id: UUID, person: SignedIn) -> Response:
        """End one of one's sessions

        It is refused from the next request on, and its sockets close. One's own current session
        may be ended, too.
        """
        ended = SessionId(session_id)
        container.end_session()(actor=person.profile_id, session_id=ended)
        is_here = cookies.shown() and ended == person.session_id
        return cookies.clear(nothing()) if is_here else nothing()

    @routes.delete("/sessions")
    @routes.for_members
    @routes.answers(204, description="This session is the only one")
    def end_other_sessions(person: SignedIn) -> Response:
        """End all of one's other sessions

        Personal access tokens stay as they are.
        """
        container.end_other_sessions()(actor=person.profile_id, session_id=person.session_id)
        return nothing()


def _add_password(routes: Routes, container: "Container") -> None:
    @routes.post("/me/password")
    @routes.limited(204, lambda: LIMITS)
    @routes.for_members
    @routes.fresh
    @routes.takes(ChangePasswordBody, example=examples.CHANGE_PASSWORD)
    @routes.answers(204, description="The password is this one from now on")
    @routes.refuses(
        refusals.SHORT_PASSWORD,
        refusals.COMMON_PASSWORD,
        refusals.PERSONAL_PASSWORD,
        refusals.BUSY,
        examples.WRONG_PASSWORD,
        examples.TOO_FAST,
        examples.NO_LIMITS,
    )
    def change_password(body: dict[str, Any], person: SignedIn) -> Response:
        """Change one's password, or set a first one

        All other sessions end, and so do links by mail that sign in or set a password. Told by
        mail.
        """
        asked = origin()
        whence = {"device": read_device(asked["device"]), "address": asked["address"]}
        container.change_password()(person=person, **body, **whence)
        return nothing()
