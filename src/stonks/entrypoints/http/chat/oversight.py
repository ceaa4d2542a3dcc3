"""What moderators read: who is sanctioned, and the log with what is hidden."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.chat.ports import SanctionView
from stonks.application.identity.ports import SignedIn
from stonks.domain.chat.sanction import SanctionKind
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId
from stonks.entrypoints.http.bodies import PageQuery
from stonks.entrypoints.http.channels.refusals import UNKNOWN_CHANNEL
from stonks.entrypoints.http.chat import examples, refusals
from stonks.entrypoints.http.chat.history import page_of_log, place_of
from stonks.entrypoints.http.chat.shapes import (
    AuditPageShape,
    SanctionPageShape,
    audit_json,
    sanction_json,
)
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import bad_cursor, key_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    refuses = routes.refuses(UNKNOWN_CHANNEL, refusals.MODERATORS_ONLY, BAD_CURSOR)

    @routes.get("/<slug>/sanctions", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.MODERATION)
    @routes.asks(PageQuery)
    @routes.answers(200, SanctionPageShape, example=examples.SANCTIONS)
    @refuses
    def list_sanctions(query: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """List who is muted, timed out or banned now

        ADMIN, HOST and SUPERADMIN may.
        """
        limit = query["limit"]
        sanctions = container.list_sanctions()(
            room_id=container.read_channel()(slug=slug).room_id,
            reader=person.profile_id,
            after=_sanction_after(query.get("cursor")),
            limit=limit + 1,
        )
        return answer(page_of(sanctions, limit, key=_key, present=sanction_json))

    @routes.get("/<slug>/log", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.MODERATION)
    @routes.asks(PageQuery)
    @routes.answers(200, AuditPageShape, example=examples.AUDIT)
    @refuses
    def read_audit(query: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """Read the log as moderators see it

        ADMIN, HOST and SUPERADMIN may; hidden messages come with their text.
        """
        limit, before = query["limit"], place_of(query).get("before")
        entries = container.read_audit()(
            room_id=container.read_channel()(slug=slug).room_id,
            reader=person.profile_id,
            before=before,
            limit=limit + 1,
        )
        shown, following = page_of_log(entries, limit, is_forward=False)
        return answer({"items": [audit_json(view) for view in shown], "nextCursor": following})


def _key(view: SanctionView) -> str:
    return f"{view.sanction.profile_id} {view.sanction.kind}"


def _sanction_after(text: str | None) -> tuple[ProfileId, str] | None:
    if text is None:
        return None
    profile_id, _, kind = key_of(text).partition(" ")
    try:
        return ProfileId(UUID(hex=profile_id)), SanctionKind(kind)
    except ValueError:
        raise bad_cursor() from None
