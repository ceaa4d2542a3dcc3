"""Account types: what there are, and what they allow."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.identity.accounts.rights import actor_of
from stonks.application.identity.ports import SignedIn
from stonks.domain.errors import NotFound
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.http.admin import examples, refusals
from stonks.entrypoints.http.admin.demands import demanding, for_superadmin
from stonks.entrypoints.http.admin.shapes import (
    AccountTypePageShape,
    AccountTypeShape,
    AddAccountTypeBody,
    ChangeAccountTypeBody,
    account_type_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.TYPE_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    def shown(name: str, status: int = 200) -> Response:
        for view in container.list_account_types()():
            if view.name == name:
                return answer(account_type_json(view), status)
        raise NotFound("unknown_account_type", "there is no such account type")

    @routes.get("/account-types")
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @demanding(routes, Permission.GRANT_ACCOUNT_TYPES)
    @routes.answers(200, AccountTypePageShape, example=examples.TYPES)
    def list_account_types(person: SignedIn) -> Response:
        """List the account types

        `member`, which everybody is, and `staff`, which is SUPERADMIN, come first.
        """
        views = container.list_account_types()()
        return answer({"items": list(map(account_type_json, views)), "nextCursor": None})

    @routes.post("/account-types")
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @for_superadmin(routes)
    @routes.once
    @routes.takes(AddAccountTypeBody, example=examples.ADD)
    @routes.answers(201, AccountTypeShape, example=examples.TYPE)
    @routes.refuses(
        refusals.BAD_NAME,
        refusals.RESERVED_NAME,
        refusals.LONG_DESCRIPTION,
        refusals.UNKNOWN_PERMISSION,
        refusals.TYPE_TAKEN,
        refusals.BUILT_IN,
    )
    def add_account_type(body: dict[str, Any], person: SignedIn) -> Response:
        """Add an account type

        SUPERADMIN alone may. Nobody has it yet.
        """
        added = container.add_account_type()(actor=actor_of(person), **body)
        return shown(added.name, 201)

    @routes.patch("/account-types/<type_name>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @for_superadmin(routes)
    @routes.takes(ChangeAccountTypeBody, example=examples.CHANGE)
    @routes.answers(200, AccountTypeShape, example=examples.CHANGED)
    @routes.refuses(
        refusals.UNKNOWN_TYPE,
        refusals.LONG_DESCRIPTION,
        refusals.UNKNOWN_PERMISSION,
        refusals.NOT_FOR_EVERYBODY,
        refusals.BUILT_IN,
    )
    def change_account_type(body: dict[str, Any], type_name: str, person: SignedIn) -> Response:
        """Change an account type

        SUPERADMIN alone may. What is not sent stays; it counts for all who have the type, from
        their next request on. `member` may lose `channels.open`, so that only certain types open
        channels; `staff` always allows everything.
        """
        container.change_account_type()(actor=actor_of(person), name=type_name, **body)
        return shown(type_name)

    @routes.delete("/account-types/<type_name>", parameters=PATH)
    @routes.for_members
    @routes.scoped(Scope.ADMIN)
    @for_superadmin(routes)
    @routes.answers(204, description="It is gone, from everybody who had it")
    @routes.refuses(refusals.UNKNOWN_TYPE, refusals.BUILT_IN)
    def remove_account_type(type_name: str, person: SignedIn) -> Response:
        """Remove an account type

        SUPERADMIN alone may.
        """
        container.remove_account_type()(actor=actor_of(person), name=type_name)
        return nothing()
