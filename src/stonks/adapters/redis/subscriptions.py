"""What this process listens to on Redis, over one connection."""

from collections.abc import Callable
from threading import Event, Lock
from typing import Any

from redis import ConnectionPool, RedisError
from redis import TimeoutError as RedisTimeoutError

ROOM = b"stonks:room:"
CONTROL = b"stonks:control"

_CONFIRMED_IN = 1.0  # seconds
_QUIET = 5.0  # seconds without a word before Redis is asked whether it still lives
_AT_ONCE = 500


class Subscriptions:
    """The channels that are wanted, whether Redis can be reached or not.

    redis-py's own ``PubSub`` reconnects without telling, from whichever thread notices first;
    here only ``connect``, called by who hears, ever does.
    """

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._connection: Any = None
        self._wanted: dict[bytes, Event] = {CONTROL: Event()}
        self._sending = Lock()
        self._has_asked = False

    def add(self, channel: bytes) -> bool:
        """Whether Redis confirmed in time that everything from now on is heard."""
        confirmed = Event()
        with self._sending:
            self._wanted[channel] = confirmed
            self._send(b"SUBSCRIBE", channel)
        return confirmed.wait(_CONFIRMED_IN)

    def remove(self, channel: bytes) -> None:
        with self._sending:
            if self._wanted.pop(channel, None) is not None:
                self._send(b"UNSUBSCRIBE", channel)

    def connect(self) -> None:
        """A new connection that listens to all that is wanted; raises ``RedisError``."""
        connection = self._pool.connection_class(**self._pool.connection_kwargs)
        connection.connect()
        with self._sending:
            self._connection, self._has_asked = connection, False
            channels = [*self._wanted]
            for start in range(0, len(channels), _AT_ONCE):
                self._send(b"SUBSCRIBE", *channels[start : start + _AT_ONCE])

    def hear(self, tell: Callable[[bytes, bytes], None]) -> None:
        """Wait for one thing and tell it; raises ``RedisError`` where the connection is lost."""
        connection = self._connection
        if connection is None:
            raise RedisError("not connected")
        try:
            answer = connection.read_response(timeout=_QUIET, disconnect_on_error=False)
        except RedisTimeoutError:
            self._ask()
            return
        self._has_asked = False
        if answer[0] == b"message":
            tell(answer[1], answer[2])
        elif answer[0] == b"subscribe" and (confirmed := self._wanted.get(answer[1])):
            confirmed.set()

    def disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.disconnect()

    def _ask(self) -> None:
        if self._has_asked:
            raise RedisError("Redis does not answer")
        self._has_asked = True
        with self._sending:
            self._send(b"PING")

    def _send(self, *command: bytes) -> None:
        if self._connection is None:
            return
        try:
            self._connection.send_command(*command, check_health=False)
        except (RedisError, OSError):
            self._connection.disconnect()  # whoever hears will notice, and connect anew
