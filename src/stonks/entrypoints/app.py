"""One Flask app from one container; several live side by side in a process."""

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from stonks.entrypoints.http.api import register_api
from stonks.entrypoints.http.cookies import serve_cookies
from stonks.entrypoints.http.dev import routes as dev
from stonks.entrypoints.http.documents import routes as documents
from stonks.entrypoints.http.failures import answer_failures
from stonks.entrypoints.http.headers import protect
from stonks.entrypoints.http.media import routes as media
from stonks.entrypoints.http.observation import observe
from stonks.entrypoints.http.pages import routes as pages
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.sockets.door import register_sockets

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

LARGEST_BODY = 1024 * 1024


def create_app(container: "Container") -> Flask:
    """An app that answers from ``container`` and from nothing else."""
    app = Flask("stonks", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.url_map.merge_slashes = False
    settings = container.settings()
    observe(app)
    protect(app, over_tls=settings.public_url.startswith("https://"))
    answer_failures(app)
    serve_cookies(app, container)
    app.register_blueprint(documents.blueprint(register_api(app, container)))
    app.register_blueprint(pages.blueprint(container))
    app.register_blueprint(dev.blueprint(container))
    app.register_blueprint(media.blueprint(container))
    register_sockets(
        app,
        container.socket_hub,
        container.find_room(),
        container.redeem_ticket(),
        (settings.public_url, *settings.allowed_origins),
        container.authenticate_cookie(),
    )
    _believe_proxies(app, settings)
    return app


def _believe_proxies(app: Flask, settings: Settings) -> None:
    trusted = settings.trusted_proxies
    if trusted:
        proxied = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)
        app.wsgi_app = proxied  # type: ignore[method-assign]
