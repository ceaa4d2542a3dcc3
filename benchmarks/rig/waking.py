"""What the relay asks each second: which endpoints rest although their room's log goes on."""

import statistics
import time
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor  # noqa: N812 - it is a class

from rig.fanout import Say
from stonks.application.webhooks.wake_endpoints import WakeEndpoints

TIMES = 9
_RESTING = """
SET session_replication_role = replica;
WITH new AS (
  SELECT n, uuidv7() AS channel, uuidv7() AS room FROM generate_series(1, %(channels)s) AS n),
made AS (
  INSERT INTO channels (id, slug, title, description, host_id, created_at, updated_at,
                        suspension_reason)
  SELECT channel, 'rests-' || n, 'It rests', '', %(host)s::uuid, now(), now(), '' FROM new),
opened AS (
  INSERT INTO rooms (id, kind, channel_id, last_seq) SELECT room, 'live', channel, 7 FROM new)
INSERT INTO webhook_endpoints (id, channel_id, room_id, url, description, event_types, secret,
  position, created_at, updated_at, status, activated_at, lane)
SELECT uuidv7(), channel, room, 'https://hooks.example/' || n || '/' || m, '', '{}', '', 7,
       now(), now(), 'active', now(), 'steady'
  FROM new, generate_series(1, %(each)s) AS m;
SET session_replication_role = origin;
"""
_ANALYSED = "ANALYZE webhook_endpoints, rooms, channels"
_GONE = """
SET session_replication_role = replica;
DELETE FROM webhook_endpoints WHERE url LIKE 'https://hooks.example/%';
DELETE FROM rooms WHERE channel_id IN (SELECT id FROM channels WHERE slug LIKE 'rests-%');
DELETE FROM channels WHERE slug LIKE 'rests-%';
SET session_replication_role = origin;
VACUUM ANALYZE webhook_endpoints;
"""
EACH = 2


@dataclass(frozen=True, slots=True)
class Woken:
    """Milliseconds of the statement, with so many endpoints that rest."""

    resting: int
    median: float
    worst: float


@dataclass(frozen=True, slots=True)
class Waking:
    """The use case, as the relay calls it, beside endpoints that have been told everything."""

    wake: WakeEndpoints
    cursor: Cursor
    say: Say

    def __call__(self, host: str, resting: int) -> Woken:
        values = {"channels": resting // EACH, "each": EACH, "host": host}
        self.cursor.execute(_RESTING, values)
        self.cursor.execute(_ANALYSED)
        times = [self._milliseconds() for _ in range(TIMES + 1)][1:]
        for statement in _GONE.strip().splitlines():
            self.cursor.execute(statement)
        woken = Woken(resting, statistics.median(times), max(times))
        self.say(f"waking among {resting:,}: {woken.median:.1f} ms, at worst {woken.worst:.1f} ms")
        return woken

    def _milliseconds(self) -> float:
        start = time.perf_counter()
        self.wake()
        return (time.perf_counter() - start) * 1000
