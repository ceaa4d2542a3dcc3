"""The account types of one profile."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response

from stonks.application.identity.accounts.rights import actor_of
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId
from stonks.entrypoints.http.admin import examples, refusals
from stonks.entrypoints.http.admin.demands import demanding
from stonks.entrypoints.http.admin.shapes import GrantedTypePageShape, grant_json
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.PROFILE_PARAMETER]
ONE = [examples.PROFILE_PARAMETER, examples.TYPE_PARAMETER]
REFUSED = (
    refusals.UNKNOWN_PROFILE,
    refusals.UNKNOWN_TYPE,
    refusals.BUILT_IN,
    refusals.STAFF_BY_COMMAND,
    refusals.RANK_TOO_LOW,
    refusals.BEYOND_YOUR_OWN,
)


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/profiles/<uuid:profile_id>/account-types", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.READ_PROFILES)
    @routes.answers(200, GrantedTypePageShape, example=examples.GRANTS)
    @routes.refuses(refusals.UNKNOWN_PROFILE)
    def list_granted_types(profile_id: UUID, person: SignedIn) -> Response:
        """Read which account types a profile has

        Everybody has `member`, which nobody is given.
        """
        grants = container.read_grants()(profile_id=ProfileId(profile_id))
        return answer({"items": list(map(grant_json, grants)), "nextCursor": None})

    @routes.put("/profiles/<uuid:profile_id>/account-types/<type_name>", parameters=ONE)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.GRANT_ACCOUNT_TYPES)
    @routes.answers(204, description="The profile has it")
    @routes.refuses(*REFUSED)
    def grant_account_type(profile_id: UUID, type_name: str, person: SignedIn) -> Response:
        """Give somebody an account type

        One that allows nothing that you may not do yourself, to somebody of a lower rank. It
        counts from the next request on. SUPERADMIN is given by the command line alone.
        """
        container.grant_account_type()(
            actor=actor_of(person), profile_id=ProfileId(profile_id), name=type_name
        )
        return nothing()

    @routes.delete("/profiles/<uuid:profile_id>/account-types/<type_name>", parameters=ONE)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.GRANT_ACCOUNT_TYPES)
    @routes.answers(204, description="The profile does not have it")
    @routes.refuses(*REFUSED)
    def revoke_account_type(profile_id: UUID, type_name: str, person: SignedIn) -> Response:
        """Take an account type from somebody

        As far as you could give it.
        """
        container.revoke_account_type()(
            actor=actor_of(person), profile_id=ProfileId(profile_id), name=type_name
        )
        return nothing()
