"""Who used which power over whom."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.accounts.ports import EntriesWanted
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId
from stonks.entrypoints.http.admin import examples, refusals
from stonks.entrypoints.http.admin.demands import demanding
from stonks.entrypoints.http.admin.shapes import AuditQuery, PowerUsePageShape, entry_json
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/audit")
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.READ_AUDIT)
    @routes.asks(AuditQuery)
    @routes.answers(200, PowerUsePageShape, example=examples.ENTRIES)
    @routes.refuses(BAD_CURSOR, refusals.BAD_ACTOR)
    def read_audit_entries(query: dict[str, Any], person: SignedIn) -> Response:
        """Read who used which power over whom

        The newest first. Entries stay for good, whatever becomes of the profiles.
        """
        before, limit = id_of(query.get("cursor"), lambda id_: id_), query["limit"]
        entries = container.read_audit_entries()(
            wanted=_wanted(query), before=before, limit=limit + 1
        )
        shown = page_of(entries, limit, key=lambda entry: str(entry.id), present=entry_json)
        return answer(shown)


def _wanted(query: dict[str, Any]) -> EntriesWanted:
    actor = query.get("actor", "")
    id_ = _id(actor)
    return EntriesWanted(
        actor=id_,
        by=actor if actor and id_ is None else None,
        action=query.get("action"),
        subject=query.get("subject"),
    )


def _id(text: str) -> ProfileId | None:
    try:
        return ProfileId(UUID(text)) if len(text) == len(str(UUID(int=0))) else None
    except ValueError:
        return None
