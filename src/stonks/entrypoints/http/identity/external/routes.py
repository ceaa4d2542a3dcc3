"""All routes of other issuers."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.identity.external import keeping, leaving, returning
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    keeping.add_routes(routes, container)
    leaving.add_routes(routes, container)
    returning.add_routes(routes, container)
