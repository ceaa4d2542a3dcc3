"""A bus inside one process, for tests and for Stonks without Redis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

from stonks.adapters.wire.bus import Blob, OnControl, OnReset, OnRoom
from stonks.domain.ids import RoomId


class Waiting(Protocol):
    """An event of whatever threads there are."""

    def set(self) -> object: ...
    def wait(self) -> object: ...


@dataclass(slots=True)
class MemoryExchange:
    """What the ends of one bus share."""

    ends: list["MemoryBus"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class MemoryBus:
    """One end of ``exchange``; who publishes runs what the others do with it."""

    exchange: MemoryExchange = field(default_factory=MemoryExchange)
    new_event: Callable[[], Waiting] = Event
    _rooms: set[RoomId] = field(default_factory=set)
    _on_room: OnRoom | None = None
    _on_control: OnControl | None = None
    _closed: Waiting = field(init=False)

    def __post_init__(self) -> None:
        self._closed = self.new_event()

    def publish(self, blobs: Sequence[Blob]) -> None:
        for room_id, blob in blobs:
            for end in [*self.exchange.ends]:
                end.hear_room(room_id, blob)

    def publish_control(self, message: bytes) -> None:
        for end in [*self.exchange.ends]:
            end.hear_control(message)

    def hear_room(self, room_id: RoomId, blob: bytes) -> None:
        if room_id in self._rooms and self._on_room is not None:
            self._on_room(room_id, blob)

    def hear_control(self, message: bytes) -> None:
        if self._on_control is not None:
            self._on_control(message)

    def subscribe(self, room_id: RoomId) -> bool:
        self._rooms.add(room_id)
        return True

    def unsubscribe(self, room_id: RoomId) -> None:
        self._rooms.discard(room_id)

    def listen(self, on_room: OnRoom, on_control: OnControl, on_reset: OnReset) -> None:
        self._on_room, self._on_control = on_room, on_control
        self.exchange.ends.append(self)
        on_reset()
        self._closed.wait()

    def close(self) -> None:
        if self in self.exchange.ends:
            self.exchange.ends.remove(self)
        self._closed.set()
