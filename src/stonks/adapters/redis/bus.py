"""The bus on Redis's publish and subscribe."""

from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic
from uuid import UUID

import structlog
from prometheus_client import Counter
from redis import ConnectionPool, Redis, RedisError

from stonks.adapters.redis.subscriptions import CONTROL, ROOM, Subscriptions
from stonks.adapters.wire.bus import Blob, OnControl, OnReset, OnRoom
from stonks.domain.ids import RoomId

DROPPED = Counter("stonks_bus_dropped_total", "Messages that could not be published to others")

_PATIENCE = 0.25  # seconds that a publisher waits at most, for what others can read in the log
_SILENCE = 1.0  # seconds without another try after that, or a stalled Redis would stall us
_SLOWEST_RETRY = 2.0
log = structlog.get_logger(__name__)


class RedisBus:
    """``Bus`` between processes; reconnects by itself, and says so by ``on_reset``."""

    def __init__(self, url: str) -> None:
        # No retries: what cannot be said now is found in the log.
        self._redis = Redis(connection_pool=_pool(url, _PATIENCE))
        self._subscriptions = Subscriptions(_pool(url, 2 * _SLOWEST_RETRY))
        self._silent_until = 0.0
        self._closed = Event()

    def publish(self, blobs: Sequence[Blob]) -> None:
        self._publish([(ROOM + room_id.bytes, blob) for room_id, blob in blobs])

    def publish_control(self, message: bytes) -> None:
        self._publish([(CONTROL, message)])

    def subscribe(self, room_id: RoomId) -> bool:
        return self._subscriptions.add(ROOM + room_id.bytes)

    def unsubscribe(self, room_id: RoomId) -> None:
        self._subscriptions.remove(ROOM + room_id.bytes)

    def listen(self, on_room: OnRoom, on_control: OnControl, on_reset: OnReset) -> None:
        def hear(channel: bytes, data: bytes) -> None:
            if channel == CONTROL:
                on_control(data)
            else:
                on_room(RoomId(UUID(bytes=channel.removeprefix(ROOM))), data)

        delay = 0.0
        while not self._closed.wait(delay):
            started = monotonic()
            self._listen_once(hear, on_reset)
            delay = 0.05 if monotonic() - started > _SLOWEST_RETRY else _longer(delay)

    def close(self) -> None:
        self._closed.set()
        self._subscriptions.disconnect()
        self._redis.close()

    def _listen_once(self, hear: Callable[[bytes, bytes], None], on_reset: OnReset) -> None:
        try:
            self._subscriptions.connect()
            on_reset()
            while not self._closed.is_set():
                self._subscriptions.hear(hear)
        except (RedisError, OSError) as error:
            if not self._closed.is_set():
                log.warning("bus_lost", reason=str(error))
        except Exception:
            log.exception("bus_failed")
        finally:
            self._subscriptions.disconnect()

    def _publish(self, messages: Sequence[tuple[bytes, bytes]]) -> None:
        if monotonic() < self._silent_until:
            DROPPED.inc(len(messages))
            return
        try:
            self._send(messages)
        except (RedisError, OSError) as error:
            self._silent_until = monotonic() + _SILENCE
            DROPPED.inc(len(messages))
            log.warning("bus_dropped", reason=str(error))

    def _send(self, messages: Sequence[tuple[bytes, bytes]]) -> None:
        if len(messages) == 1:
            self._redis.publish(*messages[0])
            return
        with self._redis.pipeline(transaction=False) as pipe:
            for channel, data in messages:
                pipe.publish(channel, data)
            pipe.execute()


def _longer(delay: float) -> float:
    return min(max(2 * delay, 0.05), _SLOWEST_RETRY)


def _pool(url: str, timeout: float) -> ConnectionPool:
    return ConnectionPool.from_url(
        url, protocol=2, socket_timeout=timeout, socket_connect_timeout=timeout
    )
