"""``/``, ``/c/<slug>`` and ``/account``, the files that they need, and the service worker."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request, send_from_directory

from stonks.entrypoints.http.pages import links
from stonks.entrypoints.http.pages.front import channel_of, front_channel, neighbours

if TYPE_CHECKING:
    from stonks.application.channels.ports import ChannelView
    from stonks.entrypoints.container import Container

ASSETS = Path(__file__).parent / "assets"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
WORKERS_POLICY = "default-src 'none'; connect-src 'self'; img-src 'self'"
"""Of the service worker, which stands at the root, as it serves all that is beneath it."""


def blueprint(container: "Container") -> Blueprint:
    routes = Blueprint("pages", __name__, template_folder="templates")

    @routes.get("/")
    def front() -> Response:
        channel = front_channel(container)
        return _page("empty.html") if channel is None else _chat(channel)

    @routes.get("/c/<slug>")
    def channel(slug: str) -> Response:
        found = channel_of(container, slug)
        return _page("unknown.html", 404, slug=slug) if found is None else _chat(found)

    @routes.get("/account")
    def account() -> Response:
        return _page("account.html")

    links.add_routes(routes, _page)

    @routes.get("/assets/<name>")
    def asset(name: str) -> Response:
        return _asset(name)

    @routes.get("/sw.js")
    def service_worker() -> Response:
        response = _asset("sw.js")
        response.headers["Content-Security-Policy"] = WORKERS_POLICY
        return response

    def _chat(channel: "ChannelView") -> Response:
        return _page("chat.html", channel=channel, neighbours=neighbours(container))

    return routes


def _asset(name: str) -> Response:
    response = send_from_directory(ASSETS, name)
    response.headers["Cache-Control"] = "no-cache"  # asked for again, answered by 304
    return response


def _page(template: str, status: int = 200, **context: object) -> Response:
    here = request.host_url.rstrip("/")
    rendered = render_template(f"pages/{template}", here=here, **context)
    response = Response(rendered, status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    return response
