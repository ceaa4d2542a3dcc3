"""Who tells which endpoint now: leases on the clock of the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, select

from stonks.adapters.postgres.bare import Prepared, rows
from stonks.adapters.postgres.tables.channels import channels
from stonks.adapters.postgres.tables.webhooks import endpoints
from stonks.adapters.postgres.webhooks.endpoints import lock_channel
from stonks.adapters.postgres.webhooks.rows import endpoint_of
from stonks.application.webhooks.ports import Turn
from stonks.domain.ids import EndpointId, RoomId
from stonks.domain.webhooks.endpoint import Endpoint, Lane

# What one of these loses in a crash of the database is done again: a turn that is going on made
# its promise before (_GO_ON, which waits for the disk), so that the next one finds it unsure.
_NOT_WAITING = "SET LOCAL synchronous_commit = off;"
_WAKE = f"""
{_NOT_WAITING}
WITH behind AS MATERIALIZED (
  SELECT e.id FROM webhook_endpoints e
    JOIN rooms r ON r.id = e.room_id AND r.last_seq > e.position
    JOIN channels c ON c.id = e.channel_id
    JOIN "Profile" h ON h.id = c.host_id AND h.active
   WHERE e.status = 'active' AND e.due_at IS NULL {{of_rooms}}
   ORDER BY e.id FOR UPDATE OF e SKIP LOCKED),
woken AS (
  UPDATE webhook_endpoints e SET due_at = now() FROM behind WHERE e.id = behind.id
  RETURNING true)
SELECT count(*) FROM woken
"""
_WAKE_ALL = _WAKE.format(of_rooms="")
_WAKE_OF = _WAKE.format(of_rooms="AND e.room_id = ANY(%(rooms)s::uuid[])")
# One whose HOST is not active is put to rest, or every caller would come upon it: it is woken once
# its HOST is back.
_TAKE = Prepared(
    "webhook_take",
    ("text", "uuid", "interval"),
    """
WITH next AS MATERIALIZED (
  SELECT id, channel_id FROM webhook_endpoints
   WHERE lane = $1 AND status = 'active' AND due_at <= now()
   ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
UPDATE webhook_endpoints e
   SET due_at = CASE WHEN h.active THEN now() + $3 END,
       turn = CASE WHEN h.active THEN $2 ELSE e.turn END
  FROM next
  JOIN channels c ON c.id = next.channel_id
  JOIN "Profile" h ON h.id = c.host_id
 WHERE e.id = next.id
RETURNING h.active, e.id, e.room_id, e.url, e.event_types, e.secret,
          CASE WHEN e.old_secret_until > now() THEN e.old_secret END,
          e.position, e.failures, CASE WHEN e.unsure_up_to > e.position THEN e.unsure_up_to END
""",
    _NOT_WAITING,
)
_GO_ON = Prepared(
    "webhook_go_on",
    ("uuid", "uuid", "bigint", "bigint", "interval"),
    """
UPDATE webhook_endpoints e
   SET position = $3, unsure_up_to = $4, due_at = now() + $5
 WHERE e.id = $1 AND e.turn = $2 RETURNING true
""",
)
_END = Prepared(
    "webhook_end",
    ("uuid", "uuid", "bigint", "integer", "text", "interval"),
    """
UPDATE webhook_endpoints e
   SET position = $3, turn = NULL, unsure_up_to = NULL, lane = $5, failures = $4,
       failing_since = CASE WHEN $4 > 0 THEN coalesce(failing_since, now()) END,
       due_at = CASE WHEN $6 IS NOT NULL THEN now() + $6
                     WHEN $3 < (SELECT last_seq FROM rooms r WHERE r.id = e.room_id)
                     THEN now() END
 WHERE e.id = $1 AND e.turn = $2 RETURNING true
""",
    _NOT_WAITING,
)


@dataclass(frozen=True, slots=True)
class PostgresTurns:
    """``Turns`` on the table ``webhook_endpoints``."""

    connection: Connection

    def wake(self, rooms: Collection[RoomId] | None = None) -> int:
        statement = _WAKE_ALL if rooms is None else _WAKE_OF
        values = {"rooms": [str(room) for room in rooms or ()]}
        [(count,)] = rows(self.connection, statement, values)
        return int(count)

    def take(self, lane: Lane, turn: UUID, lease: timedelta) -> Turn | None:
        while found := _TAKE.rows(self.connection, (lane.value, str(turn), lease)):
            [(is_told, *taken)] = found
            if is_told:
                return _turn(turn, *taken)
        return None

    def go_on(self, turn: Turn, position: int, unsure_up_to: int, lease: timedelta) -> bool:
        values = (*_this(turn), position, unsure_up_to, lease)
        return bool(_GO_ON.rows(self.connection, values))

    def end(
        self,
        turn: Turn,
        position: int,
        *,
        failures: int = 0,
        lane: Lane = Lane.STEADY,
        after: timedelta | None = None,
    ) -> bool:
        values = (*_this(turn), position, failures, lane.value, after)
        return bool(_END.rows(self.connection, values))

    def hold(self, turn: Turn) -> Endpoint | None:
        its = select(endpoints.c.channel_id).where(endpoints.c.id == turn.endpoint_id)
        channel = select(channels.c.id).where(channels.c.id == its.scalar_subquery())
        lock_channel(self.connection, channel)
        this = endpoints.c.id == turn.endpoint_id, endpoints.c.turn == turn.id
        wanted = select(endpoints).where(*this).with_for_update()
        row = self.connection.execute(wanted).mappings().first()
        return None if row is None else endpoint_of(row)


def _this(turn: Turn) -> tuple[str, str]:
    return str(turn.endpoint_id), str(turn.id)


def _turn(
    turn: UUID,
    endpoint_id: UUID,
    room_id: UUID,
    url: str,
    event_types: Sequence[str],
    secret: memoryview,
    old_secret: memoryview | None,
    position: int,
    failures: int,
    unsure_up_to: int | None,
) -> Turn:
    return Turn(
        id=turn,
        endpoint_id=EndpointId(endpoint_id),
        room_id=RoomId(room_id),
        url=url,
        event_types=tuple(event_types),
        secrets=tuple(bytes(one) for one in (secret, old_secret) if one is not None),
        position=position,
        failures=failures,
        unsure_up_to=unsure_up_to,
    )
