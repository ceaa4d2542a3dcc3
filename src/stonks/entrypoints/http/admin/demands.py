"""Routes for people with a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from stonks.application.identity.accounts.rights import lacking
from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.permission import Permission
from stonks.entrypoints.http.admin.refusals import STAFF_ONLY
from stonks.entrypoints.http.routes import Routes

View = TypeVar("View", bound=Callable[..., Any])


def demanding(routes: Routes, permission: Permission) -> Callable[[View], View]:
    """Refused at the door without it, before anything else is looked at; after ``for_members``."""

    def demanded(view: View) -> View:
        @wraps(view)
        def allowed(*args: Any, person: SignedIn, **kwargs: Any) -> Any:
            if permission not in person.permissions:
                raise lacking(permission)
            return view(*args, person=person, **kwargs)

        return routes.refuses(lacking(permission))(cast(View, allowed))

    return demanded


def for_superadmin(routes: Routes) -> Callable[[View], View]:
    """The same for what SUPERADMIN alone may do."""

    def demanded(view: View) -> View:
        @wraps(view)
        def allowed(*args: Any, person: SignedIn, **kwargs: Any) -> Any:
            if not person.is_staff:
                raise STAFF_ONLY
            return view(*args, person=person, **kwargs)

        return routes.refuses(STAFF_ONLY)(cast(View, allowed))

    return demanded
