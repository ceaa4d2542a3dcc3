"""Where HTTP requests become sockets."""

from _socket import IPPROTO_TCP, TCP_NODELAY
from _socket import socket as RawSocket  # noqa: N812 - see connection
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import structlog
from flask import Blueprint, Flask, Response, g, request
from flask_sock import Sock
from simple_websocket import Server

from stonks.application.identity.ports import SignedIn
from stonks.domain.ids import RoomId
from stonks.entrypoints.http import cookies
from stonks.entrypoints.http.problems import Malformed
from stonks.entrypoints.sockets import handshake
from stonks.entrypoints.sockets.hub import Hub

PATHS = {"everything": "/ws", "channel": "/ws/channels/<slug>"}
_LAST_SEQ = 2**63 - 1
log = structlog.get_logger(__name__)


class FindRoom(Protocol):
    def __call__(self, *, slug: str) -> RoomId:
        """The live room of a channel; raises ``NotFound`` (``unknown_channel``)."""


class RedeemTicket(Protocol):
    def __call__(self, *, ticket: str) -> SignedIn:
        """Raises ``Unauthenticated``; a ticket works once."""


class AuthenticateCookie(Protocol):
    def __call__(self, *, secret: str) -> SignedIn | None:
        """None for a cookie that is unknown or over."""


def _no_cookies(*, secret: str) -> None:
    """Where no browser is signed in."""


class NoThread:
    """Stands in for the thread in which simple-websocket would read: we read ourselves."""

    def __init__(self, *, target: object) -> None:
        self.name = ""

    def start(self) -> None:
        """Nothing to start."""


def register_sockets(
    app: Flask,
    hub: Callable[[], Hub],
    find_room: FindRoom,
    redeem: RedeemTicket,
    allowed_origins: tuple[str, ...],
    by_cookie: AuthenticateCookie = _no_cookies,
) -> None:
    """Put ``/ws`` and ``/ws/channels/<slug>`` on the app; ``hub`` is asked for when needed.

    ``allowed_origins`` are those of the pages that may open sockets, this Stonks's own among them.
    """
    app.config["SOCK_SERVER_OPTIONS"] = {"thread_class": NoThread}
    blueprint, sock = Blueprint("sockets", __name__), Sock()

    @blueprint.before_request
    def check() -> Response | None:
        if (refusal := handshake.refusal_of(request)) is not None:
            return refusal
        handshake.must_come_from_here(request, allowed_origins)
        handshake.must_have_room(hub())
        handshake.refuse_compression(request)
        g.home, g.after = _home(find_room), _after()
        # last: what is refused for another reason uses no ticket up
        g.person = _person(redeem, by_cookie)
        return None

    def take(ws: Server, slug: str | None = None) -> None:
        _hand_over(ws, hub())

    for name, path in PATHS.items():
        sock.route(path, bp=blueprint, endpoint=name)(take)
    app.register_blueprint(blueprint)
    app.register_blueprint(_for_others())


def _for_others() -> Blueprint:
    """The same addresses for requests that are no handshake."""
    blueprint = Blueprint("sockets_by_http", __name__)

    def not_a_socket(slug: str | None = None) -> Response:
        return handshake.NOT_A_SOCKET.response()

    for name, path in PATHS.items():
        blueprint.get(path, endpoint=name)(not_a_socket)
    return blueprint


def _home(find_room: FindRoom) -> RoomId | None:
    slug = (request.view_args or {}).get("slug")
    return find_room(slug=slug) if slug is not None else None


def _after() -> int | None:
    raw = request.args.get("after")
    if raw is None:
        return None
    if not (raw.isascii() and raw.isdigit() and int(raw) <= _LAST_SEQ):
        raise Malformed("bad_after", "after must be a seq: a whole number from 0")
    return int(raw)


def _person(redeem: RedeemTicket, by_cookie: AuthenticateCookie) -> SignedIn | None:
    """Whose ticket it is; or whose cookie, where a page shows it and would not be anonymous."""
    ticket = request.args.get("ticket")
    if ticket is not None:
        return redeem(ticket=ticket)
    is_a_page = "Origin" in request.headers and "anonymous" not in request.args
    secret = cookies.shown() if is_a_page else None
    return by_cookie(secret=secret) if secret else None


def _hand_over(ws: Server, hub: Hub) -> None:
    """Take the socket away from gunicorn, so that nothing else can ever write into it."""
    sock = _detached(ws)
    ws.connected = False
    try:
        hub.admit(sock, g.home, g.after, g.person)
    except Exception:
        log.exception("socket_not_admitted")
        sock.close()


def _detached(ws: Any) -> RawSocket:
    """The descriptor itself, not a copy.

    libev would go on watching the copy's closed original, and rebuild its whole epoll set when
    that one stirs: once for each connection that comes (docs/adr/0006-detached-sockets.md).
    """
    sock = RawSocket(fileno=ws.sock.detach())
    with suppress(OSError):  # a Unix socket has no delay to take away
        sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    return sock
