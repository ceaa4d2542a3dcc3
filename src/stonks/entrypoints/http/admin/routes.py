"""``/admin``: all routes of those who watch over accounts."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.admin import account_types, audit, grants, notifications, profiles
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT = "Watching over all accounts: for SUPERADMIN, and for whom an account type allows it."


def blueprint(container: "Container") -> Routes:
    routes = Routes("admin", "/admin", ABOUT, container)
    for part in (profiles, notifications, grants, account_types, audit):
        part.add_routes(routes, container)
    return routes
