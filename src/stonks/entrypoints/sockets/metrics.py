"""What is counted about sockets."""

from prometheus_client import Counter, Gauge

OPEN = Gauge("stonks_sockets_open", "Connections that are open", multiprocess_mode="livesum")
DELIVERIES = Counter("stonks_sockets_deliveries_total", "Entries handed to connections")
WRITES = Counter("stonks_sockets_writes_total", "Writes to connections on behalf of rooms")
FELL_BEHIND = Counter("stonks_sockets_fell_behind_total", "Connections closed as too slow")
GAPS_FILLED = Counter("stonks_sockets_gaps_filled_total", "Gaps of feeds filled from the log")
CLOSED = Counter("stonks_sockets_closed_total", "Connections closed by the server", ["code"])
