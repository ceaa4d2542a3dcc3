"""Stonks as an OpenAPI 3.1 document, put together from the routes that serve."""

from threading import Lock
from typing import TYPE_CHECKING, Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask
from flask_smorest import Api

from stonks import __version__
from stonks.entrypoints.http import cookies, csrf
from stonks.entrypoints.http.admin import routes as admin
from stonks.entrypoints.http.bodies import ProblemShape
from stonks.entrypoints.http.channels import routes as channels
from stonks.entrypoints.http.chat import routes as chat
from stonks.entrypoints.http.health import routes as health
from stonks.entrypoints.http.identity import routes as identity
from stonks.entrypoints.http.notifications import routes as notifications
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.http.social import routes as social
from stonks.entrypoints.http.webhooks import routes as webhooks

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

BASE = "/api/v1"
ABOUT = """\
A live-streaming community server: people sign up, follow each other, open channels, chat and
moderate.

Sign up (`POST /auth/signup`) or log in, then send the `accessToken` as
`Authorization: Bearer …`. Browsers send `Stonks-Session: cookie` with whatever signs them in:
they get no tokens but a cookie that no script reads, and a `csrfToken` for `X-CSRF-Token`, which
whatever is no GET must carry then, from a page of this site.

Errors are problem details (RFC 9457) with a stable `code`.
Signing up and logging in are limited: `RateLimit-Policy` says how, on every answer, and on a 429
`RateLimit` says which limit it was and `Retry-After` when to come back
(draft-ietf-httpapi-ratelimit-headers). How much is left before that is not told.
Live chat is also spoken over WebSockets: see [/docs/websocket](/docs/websocket).
"""


class StonksApi(Api):  # type: ignore[misc]
    """flask-smorest with our problems in place of its own errors, and a document on demand."""

    ERROR_SCHEMA = ProblemShape
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, *args: Any, **options: Any) -> None:
        self._unwritten: list[Any] = []
        self._writing = Lock()
        super().__init__(*args, **options)

    def register_blueprint(self, blp: Any, **options: Any) -> None:
        """Serve it now; it is written into the document when somebody wants to read that."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._unwritten.append(blp)

    def document(self) -> dict[str, Any]:
        """The whole document; writing it costs more than all else at a start."""
        with self._writing:
            while self._unwritten:
                blp = self._unwritten.pop(0)
                blp.register_views_in_doc(
                    self, self._app, self.spec, name=blp.name, parameters=None
                )
                self.spec.tag({"name": blp.name, "description": blp.description})
        document: dict[str, Any] = self.spec.to_dict()
        return document

    def _register_error_handlers(self) -> None:
        """Ours are registered on the app."""

    def _register_pagination_header(self) -> None:
        """Lists carry ``nextCursor`` in their body."""


def register_api(app: Flask, container: "Container") -> StonksApi:
    """Serve the API under ``/api/v1``; answers with its document's keeper."""
    names = MarshmallowPlugin(schema_name_resolver=_name)
    api = StonksApi(app, spec_kwargs=_about() | {"marshmallow_plugin": names})
    api.spec.components.security_scheme("bearer", _bearer())
    api.spec.components.security_scheme("cookie", _cookie())
    api.spec.components.security_scheme("csrf", _csrf())
    for routes in _routes(container):
        api.register_blueprint(routes, url_prefix=f"{BASE}{routes.url_prefix}")
    api.register_blueprint(health.blueprint(container))
    return api


def _routes(container: "Container") -> list[Routes]:
    return [
        *identity.blueprints(container),
        social.blueprint(container),
        admin.blueprint(container),
        channels.blueprint(container),
        chat.blueprint(container),
        notifications.blueprint(container),
        webhooks.blueprint(container),
    ]


def _name(schema: Any) -> str:
    """Answers are named for what they show: ``ChannelShape`` is a ``Channel``."""
    kind: Any = resolve_schema_cls(schema)
    name: str = kind.__name__
    return name.removesuffix("Shape")


def _about() -> dict[str, Any]:
    return {
        "title": "Stonks",
        "version": __version__,
        "openapi_version": "3.1.0",
        "info": {"description": ABOUT, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/", "description": "This server"}],
    }


def _bearer() -> dict[str, Any]:
    return {
        "type": "http",
        "scheme": "bearer",
        "description": "The `accessToken` of a signup, a login or a refresh.",
    }


def _cookie() -> dict[str, Any]:
    return {
        "type": "apiKey",
        "in": "cookie",
        "name": cookies.SESSION,
        "description": "Of a sign-in with `Stonks-Session: cookie`; `Authorization` wins over it.",
    }


def _csrf() -> dict[str, Any]:
    return {
        "type": "apiKey",
        "in": "header",
        "name": csrf.HEADER,
        "description": f"The `csrfToken` of that sign-in, also in the cookie `{cookies.CSRF}`.",
    }
