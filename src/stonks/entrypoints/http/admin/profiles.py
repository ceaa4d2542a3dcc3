"""Search, read, deactivate and restore profiles."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.accounts.ports import ProfilesWanted
from stonks.application.identity.accounts.rights import actor_of
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId
from stonks.entrypoints.http.admin import examples, refusals
from stonks.entrypoints.http.admin.demands import demanding
from stonks.entrypoints.http.admin.shapes import (
    AccountPageShape,
    AccountShape,
    AccountsQuery,
    SetActiveBody,
    account_json,
)
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import id_of, page_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.PROFILE_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/profiles")
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.READ_PROFILES)
    @routes.asks(AccountsQuery)
    @routes.answers(200, AccountPageShape, example=examples.ACCOUNTS)
    @routes.refuses(BAD_CURSOR, refusals.BAD_Q)
    def search_profiles(query: dict[str, Any], person: SignedIn) -> Response:
        """Search all profiles

        Inactive ones, too; the newest first.
        """
        before, limit = id_of(query.pop("cursor", None), ProfileId), query.pop("limit")
        wanted = ProfilesWanted(**query)
        found = container.search_profiles()(wanted=wanted, before=before, limit=limit + 1)
        shown = page_of(found, limit, key=lambda view: str(view.profile.id), present=account_json)
        return answer(shown)

    @routes.get("/profiles/<uuid:profile_id>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.READ_PROFILES)
    @routes.answers(200, AccountShape, example=examples.ACCOUNT)
    @routes.refuses(refusals.UNKNOWN_PROFILE)
    def read_any_profile(profile_id: UUID, person: SignedIn) -> Response:
        """Read anybody's profile

        With the e-mail address; that it was read is on record.
        """
        id_ = ProfileId(profile_id)
        return answer(
            account_json(container.read_account()(actor=actor_of(person), profile_id=id_))
        )

    @routes.patch("/profiles/<uuid:profile_id>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.READ_PROFILES)
    @demanding(routes, Permission.MODERATE_PROFILES)
    @routes.takes(SetActiveBody, example=examples.DEACTIVATE)
    @routes.answers(200, AccountShape, example=examples.DEACTIVATED)
    @routes.refuses(refusals.UNKNOWN_PROFILE, refusals.RANK_TOO_LOW, refusals.DELETED)
    def moderate_profile(body: dict[str, Any], profile_id: UUID, person: SignedIn) -> Response:
        """Deactivate or restore a profile

        Of a lower rank than one's own, so never oneself and never SUPERADMIN. Deactivating ends
        all its sessions, sockets included; restoring lets its owner sign in again,
        and calls off a deletion that is not done yet.
        """
        id_ = ProfileId(profile_id)
        container.set_active()(actor=actor_of(person), profile_id=id_, **body)
        view = container.account_reads().profile(id_)
        if view is None:
            raise refusals.UNKNOWN_PROFILE
        return answer(account_json(view))
