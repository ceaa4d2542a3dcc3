"""``/notifications``: all routes of notifications."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.notifications import devices, inbox, preferences, unsubscribing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT = "What people are told, and by which ways."


def blueprint(container: "Container") -> Routes:
    routes = Routes("notifications", "/notifications", ABOUT, container)
    for part in (inbox, devices, preferences, unsubscribing):
        part.add_routes(routes, container)
    return routes
