"""One clock for all connections of a process, instead of a timer each."""

from collections.abc import Iterator
from itertools import count
from time import monotonic
from typing import Protocol

from gevent import get_hub

from stonks.entrypoints.sockets.limits import SocketLimits

TICK = 1.0


class Watched(Protocol):
    def beat(self) -> None:
        """Called once a heartbeat."""

    def drop(self) -> None:
        """Called when time is up."""


class Wheel:
    """Beats every connection once a heartbeat, and drops those whose deadline has passed."""

    def __init__(self, limits: SocketLimits) -> None:
        self._buckets: list[set[Watched]] = [set() for _ in range(limits.heartbeat_seconds)]
        self._deadlines: dict[Watched, float] = {}
        self._places = count()
        self._ticks = count()
        self._timer = get_hub().loop.timer(TICK, TICK)

    def start(self) -> None:
        self._timer.start(self.tick)

    def stop(self) -> None:
        self._timer.stop()
        self._timer.close()

    def add(self, connection: Watched) -> int:
        """The place at which the connection is beaten; spread evenly over the heartbeat."""
        place = next(self._places) % len(self._buckets)
        self._buckets[place].add(connection)
        return place

    def remove(self, connection: Watched, place: int) -> None:
        self._buckets[place].discard(connection)
        self._deadlines.pop(connection, None)

    def expect(self, connection: Watched, seconds: float) -> None:
        """Drop the connection unless it is heard of within ``seconds``."""
        self._deadlines[connection] = monotonic() + seconds

    def relax(self, connection: Watched) -> None:
        self._deadlines.pop(connection, None)

    def tick(self) -> None:
        for connection in [*self._buckets[next(self._ticks) % len(self._buckets)]]:
            connection.beat()
        for connection in [*self._late(monotonic())]:
            connection.drop()

    def _late(self, now: float) -> Iterator[Watched]:
        return (connection for connection, at in self._deadlines.items() if at <= now)
