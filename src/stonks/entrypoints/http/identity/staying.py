"""Refresh a session, and log out of it."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.entrypoints.http import cookies
from stonks.entrypoints.http.identity import examples, refusals
from stonks.entrypoints.http.identity.shapes import (
    LogOutBody,
    RefreshBody,
    TokensShape,
    tokens_json,
)
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.refusals import EXPIRED, FORGED, NOBODY, OVER, SCOPE_MISSING
from stonks.entrypoints.http.routes import BEARER, Routes
from stonks.entrypoints.http.signed_in import signed_in

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/refresh")
    @routes.takes(RefreshBody, example=examples.REFRESH)
    @routes.answers(200, TokensShape, example=examples.TOKENS)
    @routes.refuses(
        refusals.UNKNOWN_TOKEN,
        refusals.REUSED_TOKEN,
        refusals.SESSION_ENDED,
        refusals.IN_PROGRESS,
    )
    def refresh(body: dict[str, Any]) -> Response:
        """Change a refresh token for new tokens

        Each works once: using one again ends the session, sockets included. Of two requests
        at the same moment one gets the tokens and the other `refresh_in_progress`, upon which
        it takes those that its sibling got.
        """
        return answer(tokens_json(container.refresh_session()(**body)))

    @routes.post("/logout")
    @routes.doc(security=[{}, BEARER])
    @routes.refuses(NOBODY, FORGED, EXPIRED, OVER, SCOPE_MISSING)
    @routes.takes(LogOutBody, example=examples.LOG_OUT, required=False)
    @routes.answers(204, description="The session is over")
    def log_out(body: dict[str, Any]) -> Response:
        """Log out

        Ends the session of the access token or the cookie, or of `refreshToken` where one is
        sent; it is refused from the next request on, and its sockets close.
        """
        if body:
            container.hand_back_token()(**body)
        else:
            container.log_out()(session_id=signed_in(container).session_id)
        return cookies.clear(nothing()) if cookies.shown() and not body else nothing()
