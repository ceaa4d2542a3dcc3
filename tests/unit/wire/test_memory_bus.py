from stonks.adapters.memory.bus import MemoryBus, MemoryExchange
from stonks.adapters.wire.bus import Bus
from tests.contracts.bus import BusContract


class TestMemoryBus(BusContract):
    def ends(self) -> tuple[Bus, Bus]:
        exchange = MemoryExchange()
        return MemoryBus(exchange), MemoryBus(exchange)
