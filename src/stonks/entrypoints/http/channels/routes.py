"""``/channels``: all routes of the channels themselves."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.channels import admins, one, several, streams, suspension
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT = "Where people go live: made by a HOST, moderated by ADMINs."


def blueprint(container: "Container") -> Routes:
    routes = Routes("channels", "/channels", ABOUT, container)
    for part in (several, one, admins, streams, suspension):
        part.add_routes(routes, container)
    return routes
