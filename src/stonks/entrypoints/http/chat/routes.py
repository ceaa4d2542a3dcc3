"""``/channels/{slug}/messages``, ``/sanctions`` and ``/log``."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.chat import hiding, history, oversight, writing
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT = "A channel's live chat: write, read back, moderate. Sockets are faster for following it."


def blueprint(container: "Container") -> Routes:
    routes = Routes("chat", "/channels", ABOUT, container)
    for part in (writing, history, hiding, oversight):
        part.add_routes(routes, container)
    return routes
