"""Whether a request may become a socket, asked before the upgrade (RFC 6455 section 4.2)."""

from base64 import b64decode
from binascii import Error as NotBase64

from flask import Request, Response

from stonks.domain.errors import Forbidden, Unavailable
from stonks.entrypoints.http.problems import Malformed, Problem
from stonks.entrypoints.sockets.hub import Hub
from stonks.entrypoints.sockets.origin import is_welcome

VERSION = "13"
NOT_A_SOCKET = Problem(
    426,
    "upgrade_required",
    "this address speaks WebSocket, version 13",
    headers={"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": VERSION},
)
NO_SOCKETS = Problem(501, "no_sockets", "this server speaks HTTP only")


def refusal_of(request: Request) -> Response | None:
    """426 for another version, 501 where there is no socket to take; raises ``Malformed``."""
    if "gunicorn.socket" not in request.environ:
        return NO_SOCKETS.response()
    if request.headers.get("Sec-WebSocket-Version") != VERSION:
        return NOT_A_SOCKET.response()
    if not _is_key(request.headers.get("Sec-WebSocket-Key", "")):
        raise Malformed("bad_handshake", "Sec-WebSocket-Key must be 16 bytes in base64")
    return None


def must_come_from_here(request: Request, allowed: tuple[str, ...]) -> None:
    """Raises ``Forbidden`` for a page of another site."""
    origin = request.headers.get("Origin")
    if not is_welcome(origin, host=request.host, scheme=request.scheme, allowed=allowed):
        raise Forbidden("foreign_origin", "pages of this origin may not open sockets here")


def must_have_room(hub: Hub) -> None:
    """Raises ``Unavailable`` while no more connections are taken."""
    if hub.is_draining:
        raise Unavailable("draining", "this server is about to stop; try again", retry_after=1)
    if hub.is_full:
        raise Unavailable("full", "this server has no room for another socket", retry_after=5)


def refuse_compression(request: Request) -> None:
    """A compressed connection costs 166 KiB and its frames cannot be shared."""
    request.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)


def _is_key(key: str) -> bool:
    try:
        return len(b64decode(key, validate=True)) == 16
    except (NotBase64, ValueError):
        return False
