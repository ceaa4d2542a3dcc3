"""What all sessions of a process share."""

from collections.abc import Callable
from dataclasses import dataclass

from stonks.application.identity.ports import SignedIn
from stonks.domain.ids import RoomId
from stonks.entrypoints.sockets.deps import SocketDeps
from stonks.entrypoints.sockets.desk import Desk
from stonks.entrypoints.sockets.feeds import Feeds
from stonks.entrypoints.sockets.limits import SocketLimits
from stonks.entrypoints.sockets.registry import Registry


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Where a session finds the rooms, the others and the rest of Stonks.

    ``remark`` tells a room something in passing, on every process; ``greet`` is told who has
    signed in.
    """

    deps: SocketDeps
    limits: SocketLimits
    feeds: Feeds
    registry: Registry
    desk: Desk
    remark: Callable[[RoomId, bytes], None]
    greet: Callable[[SignedIn], None]
