"""Sessions of browsers: what a page's scripts may read, and what they may not.

Whoever signs in with ``Stonks-Session: cookie`` gets no tokens but two cookies: the session's
secret, for the browser alone, and the CSRF token, which scripts repeat in ``X-CSRF-Token``.
"""

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request

from stonks.domain.errors import Forbidden
from stonks.domain.identity.session_cookie import csrf_token_of
from stonks.domain.ids import SessionId
from stonks.entrypoints.http import csrf
from stonks.entrypoints.http.problems import Malformed

if TYPE_CHECKING:
    from stonks.application.identity.grants import Grant
    from stonks.entrypoints.container import Container

HEADER = "Stonks-Session"
WANTED = "cookie"
SESSION = "__Host-stonks"
CSRF = "__Host-stonks-csrf"
LASTS = 400 * 24 * 3600  # seconds; how long the session itself is good is kept beside it
CLEARED = '"cache", "storage"'
_KEY = "stonks.container"


def serve_cookies(app: Flask, container: "Container") -> None:
    """Let sign-ins of ``app`` end in cookies where that is asked for."""
    app.extensions[_KEY] = container

    @app.before_request
    def check() -> None:
        wanted = request.headers.get(HEADER)
        if wanted is None:
            return
        if wanted.strip().lower() != WANTED:
            raise Malformed("bad_session_kind", f"{HEADER} says {WANTED}, or is not sent")
        if csrf.is_foreign(container.settings().public_url):
            raise Forbidden("csrf_failed", "pages of other sites may not sign anybody in here")


def is_wanted() -> bool:
    """Whether this request asks for a session in a cookie."""
    return HEADER in request.headers


def shown() -> str | None:
    """The secret that this request's cookie holds."""
    return request.cookies.get(SESSION) or None


def keep(response: Response, grant: "Grant") -> str:
    """Put a session that was just opened into cookies of any response; its CSRF token.

    The tokens of the grant are worth nothing afterwards. A session that the browser had
    until now is over.
    """
    container: Container = current_app.extensions[_KEY]
    secret = container.keep_in_cookie()(session_id=grant.session_id)
    _end_former(container, grant.session_id)
    token = csrf_token_of(secret)
    _set(response, SESSION, secret, is_readable=False)
    _set(response, CSRF, token, is_readable=True)
    return token


def lasts() -> int:
    """Seconds that a cookie's session lives without being used."""
    container: Container = current_app.extensions[_KEY]
    return container.settings().refresh_token_seconds


def clear(response: Response) -> Response:
    """Let the browser forget both, and what it kept of answers to this person."""
    for name, is_readable in ((SESSION, False), (CSRF, True)):
        response.delete_cookie(
            name, path="/", secure=True, httponly=not is_readable, samesite="Lax"
        )
    response.headers["Clear-Site-Data"] = CLEARED
    return response


def _end_former(container: "Container", new: SessionId) -> None:
    secret = shown()
    former = container.authenticate_cookie()(secret=secret) if secret else None
    if former is not None and former.session_id != new:
        container.log_out()(session_id=former.session_id)


def _set(response: Response, name: str, value: str, *, is_readable: bool) -> None:
    response.set_cookie(
        name,
        value,
        max_age=LASTS,
        path="/",
        secure=True,
        httponly=not is_readable,
        samesite="Lax",
    )
