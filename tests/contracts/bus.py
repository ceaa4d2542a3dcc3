"""What every bus promises."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic, sleep
from uuid import uuid4

from stonks.adapters.wire.bus import Bus
from stonks.domain.ids import RoomId

ROOM = RoomId(uuid4())
OTHER = RoomId(uuid4())


class Ear:
    """Somebody who listens on one end."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.rooms: list[tuple[RoomId, bytes]] = []
        self.controls: list[bytes] = []
        self.resets = 0
        self.is_ready = Event()
        self._thread = Thread(target=self._listen, daemon=True)

    def _listen(self) -> None:
        self.bus.listen(
            lambda room_id, blob: self.rooms.append((room_id, blob)),
            self.controls.append,
            self._reset,
        )

    def _reset(self) -> None:
        self.resets += 1
        self.is_ready.set()

    @contextmanager
    def listening(self) -> Iterator["Ear"]:
        self._thread.start()
        assert self.is_ready.wait(5)
        try:
            yield self
        finally:
            self.bus.close()
            self._thread.join(5)
            assert not self._thread.is_alive()


def eventually(holds: Callable[[], bool]) -> bool:
    until = monotonic() + 5
    while not holds() and monotonic() < until:
        sleep(0.005)
    return holds()


class BusContract:
    @abstractmethod
    def ends(self) -> tuple[Bus, Bus]:
        """Two ends of one bus, as two processes have them."""

    def test_a_room_is_heard_by_every_end_that_subscribed_the_publisher_included(self) -> None:
        here, there = map(Ear, self.ends())
        with here.listening(), there.listening():
            assert here.bus.subscribe(ROOM)
            assert there.bus.subscribe(ROOM)
            here.bus.publish([(ROOM, b"\x00\xff blob")])
            assert eventually(lambda: bool(here.rooms and there.rooms))
        assert here.rooms == there.rooms == [(ROOM, b"\x00\xff blob")]

    def test_other_rooms_are_not_heard_nor_those_left(self) -> None:
        here, there = map(Ear, self.ends())
        with here.listening(), there.listening():
            assert there.bus.subscribe(ROOM)
            assert there.bus.subscribe(OTHER)
            there.bus.unsubscribe(ROOM)
            here.bus.publish([(ROOM, b"left")])
            here.bus.publish([(OTHER, b"kept")])
            assert eventually(lambda: bool(there.rooms))
        assert there.rooms == [(OTHER, b"kept")]
        assert here.rooms == []

    def test_messages_of_one_publisher_keep_their_order(self) -> None:
        here, there = map(Ear, self.ends())
        with here.listening(), there.listening():
            assert there.bus.subscribe(ROOM)
            for number in range(100):
                here.bus.publish([(ROOM, b"%d" % number)])
            assert eventually(lambda: len(there.rooms) == 100)
        assert [blob for _, blob in there.rooms] == [b"%d" % number for number in range(100)]

    def test_a_control_message_is_heard_by_every_end(self) -> None:
        here, there = map(Ear, self.ends())
        with here.listening(), there.listening():
            here.bus.publish_control(b"{}")
            assert eventually(lambda: bool(here.controls and there.controls))
        assert here.controls == there.controls == [b"{}"]

    def test_publishing_after_the_end_harms_nobody(self) -> None:
        here, there = map(Ear, self.ends())
        with here.listening():
            pass
        here.bus.publish([(ROOM, b"late")])
        with there.listening():
            assert there.rooms == []
