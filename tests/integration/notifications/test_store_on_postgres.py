"""The store of notifications on PostgreSQL."""

from tests.contracts.deliveries import DeliveriesContract, DevicesContract
from tests.contracts.filling import FillingContract
from tests.contracts.neighbours import NeighboursContract
from tests.contracts.notices import NoticesContract
from tests.contracts.waiting import WaitingContract


class TestNoticesOnPostgres(NoticesContract):
    pass


class TestNeighboursOnPostgres(NeighboursContract):
    pass


class TestDeliveriesOnPostgres(DeliveriesContract):
    pass


class TestDevicesOnPostgres(DevicesContract):
    pass


class TestWaitingOnPostgres(WaitingContract):
    pass


class TestFillingOnPostgres(FillingContract):
    pass
