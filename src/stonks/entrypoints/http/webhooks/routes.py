"""``/channels/{slug}/webhooks``: all routes of webhooks."""

from typing import TYPE_CHECKING

from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.webhooks import again, asking, attempts, one, several

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT = """\
What happens in a channel's chat, told to a server of its HOST's: in order, at least once, signed
(Standard Webhooks 1.0).
"""


def blueprint(container: "Container") -> Routes:
    routes = Routes("webhooks", "/channels", ABOUT, container)
    for part in (several, one, asking, again, attempts):
        part.add_routes(routes, container)
    return routes
