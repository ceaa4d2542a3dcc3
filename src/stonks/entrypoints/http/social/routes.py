"""``/profiles/{username}/follow``, ``/followers`` and ``/following``."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.social import following, lists

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT = "Who follows whom, and who is told when somebody goes live."


def blueprint(container: "Container") -> Routes:
    routes = Routes("social", "/profiles", ABOUT, container)
    for part in (following, lists):
        part.add_routes(routes, container)
    return routes
