"""What goes over a bus, heard by two processes on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from stonks.adapters.wire.announce import BusAnnouncer
from stonks.adapters.wire.batches import decode_batch
from stonks.adapters.wire.bus import Bus, decode_notice
from stonks.adapters.wire.session_signals import BusSessionSignals
from stonks.adapters.wire.telling import BusTell
from stonks.application.chat.ports import Announce
from stonks.application.identity.ports import SessionSignals
from stonks.application.notifications.ports import Tell
from stonks.domain.ids import ProfileId, RoomId, SessionId
from tests.contracts.announce import AnnounceContract, Announced, Heard
from tests.contracts.bus import OTHER, ROOM, Ear
from tests.contracts.session_signals import SessionSignalsContract, Signalled
from tests.contracts.tell import Showed, TellContract, Telling, read

MakeEnds = Callable[[], tuple[Bus, Bus]]


@contextmanager
def two_ears(ends: MakeEnds) -> Iterator[tuple[Ear, Ear]]:
    here, there = map(Ear, ends())
    with here.listening(), there.listening():
        for ear in (here, there):
            assert ear.bus.subscribe(ROOM)
            assert ear.bus.subscribe(OTHER)
        yield here, there


class SessionSignalsOverABus(SessionSignalsContract):
    """Inherited for each bus, with fixtures ``ends`` and ``lonely``, a bus that goes nowhere."""

    @pytest.fixture
    def signalled(self, ends: MakeEnds) -> Iterator[Signalled]:
        with two_ears(ends) as ears:
            yield Signalled(
                BusSessionSignals(ears[0].bus),
                lambda: [*map(_ended, ears)],
                lambda: [*map(_changed, ears)],
            )

    @pytest.fixture
    def unheard(self, lonely: Bus) -> SessionSignals:
        return BusSessionSignals(lonely)


class AnnounceOverABus(AnnounceContract):
    """Inherited as the one above."""

    @pytest.fixture
    def announced(self, ends: MakeEnds) -> Iterator[Announced]:
        with two_ears(ends) as ears:
            yield Announced(BusAnnouncer(ears[0].bus), lambda: [*map(_heard, ears)])

    @pytest.fixture
    def unheard(self, lonely: Bus) -> Announce:
        return BusAnnouncer(lonely)


class TellOverABus(TellContract):
    """Inherited as the first one."""

    @pytest.fixture
    def telling(self, ends: MakeEnds) -> Iterator[Telling]:
        with two_ears(ends) as ears:
            yield Telling(BusTell(ears[0].bus), lambda: [*map(_shown, ears)])

    @pytest.fixture
    def unheard(self, lonely: Bus) -> Tell:
        return BusTell(lonely)


def _shown(ear: Ear) -> list[Showed]:
    messages = [decode_notice(message).told for message in [*ear.controls]]
    told = [(it.people, read(it.frame)) for it in messages if it is not None]
    return [(one, frame) for people, frame in told for one in people]


def _ended(ear: Ear) -> list[SessionId]:
    return [one for message in ear.controls for one in decode_notice(message).sessions_ended]


def _changed(ear: Ear) -> list[ProfileId]:
    return [one for message in ear.controls for one in decode_notice(message).profiles_changed]


def _heard(ear: Ear) -> Heard:
    entries: dict[RoomId, list[int]] = {}
    for room_id, blob in ear.rooms:
        batch = decode_batch(blob)
        entries.setdefault(room_id, []).extend(range(batch.first, batch.last + 1))
    closed = [room for message in ear.controls for room in decode_notice(message).rooms_closed]
    return Heard(entries, closed)
