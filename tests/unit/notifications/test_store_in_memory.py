"""The store of notifications in memory."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.deliveries import DeliveriesContract, DevicesContract
from tests.contracts.filling import FillingContract
from tests.contracts.neighbours import NeighboursContract
from tests.contracts.notices import NoticesContract
from tests.contracts.town import SteppingClock, Town
from tests.contracts.waiting import WaitingContract


@pytest.fixture
def town(memory_container: Container) -> Town:
    return Town(memory_container, SteppingClock())


class TestNoticesInMemory(NoticesContract):
    pass


class TestNeighboursInMemory(NeighboursContract):
    pass


class TestDeliveriesInMemory(DeliveriesContract):
    pass


class TestDevicesInMemory(DevicesContract):
    pass


class TestWaitingInMemory(WaitingContract):
    pass


class TestFillingInMemory(FillingContract):
    pass
