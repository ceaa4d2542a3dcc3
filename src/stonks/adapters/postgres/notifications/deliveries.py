"""What was decided for each way, and what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.notifications.departing import departing_of, looked_up
from stonks.application.notifications.sending import Departing
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.delivery import Decided, DeliveryKey, State
from stonks.domain.notifications.way import EMAIL, PUSH

_ADD = """
INSERT INTO deliveries
  (profile_id, notice_id, way, target, state, reason, decided_at, due_at, changed_at)
SELECT profile_id, %(notice)s::uuid, d.*, now(), now(), now()
  FROM json_to_recordset(%(new)s) AS new (people uuid[], decisions json),
       unnest(new.people) AS profile_id,
       json_to_recordset(new.decisions) AS d (way text, target uuid, state text, reason text)
ON CONFLICT DO NOTHING
"""
_CLAIM = """
UPDATE deliveries d SET due_at = now() + %(lease)s
  FROM (SELECT profile_id, notice_id, way, target FROM deliveries
         WHERE way = %(way)s AND state = 'waiting' AND due_at <= now()
         ORDER BY due_at LIMIT %(most)s FOR UPDATE SKIP LOCKED) next
 WHERE d.profile_id = next.profile_id AND d.notice_id = next.notice_id
   AND d.way = next.way AND d.target = next.target
RETURNING d.notice_id, d.profile_id, d.way, d.target
"""
_THIS = """
 WHERE profile_id = %(profile)s::uuid AND notice_id = %(notice)s::uuid
   AND way = %(way)s AND target = %(target)s::uuid
"""
_LEAVE = f"""
UPDATE deliveries SET state = 'leaving', attempts = attempts + 1, changed_at = now() {_THIS}
"""
_PUT_BACK = f"""
UPDATE deliveries SET state = 'waiting', reason = %(reason)s, due_at = now() + %(after)s,
       changed_at = now() {_THIS}
"""
_RELEASE = """
UPDATE deliveries d SET due_at = now()
  FROM json_to_recordset(%(keys)s) AS released (
    profile uuid, notice uuid, way text, target uuid)
 WHERE d.profile_id = released.profile AND d.notice_id = released.notice
   AND d.way = released.way AND d.target = released.target AND d.state = 'waiting'
"""
_SETTLE = f"""
UPDATE deliveries SET state = %(state)s, changed_at = now(),
       reason = CASE WHEN %(reason)s = '' THEN reason ELSE %(reason)s END {_THIS}
"""
_SETTLE_PUSHED = f"""
WITH used AS (UPDATE push_subscriptions SET used_at = now() WHERE id = %(target)s::uuid)
{_SETTLE}
"""
_MAIL_INSTEAD = f"""
UPDATE deliveries SET state = 'waiting', reason = 'devices_gone', due_at = now(),
       changed_at = now() {_THIS} AND state = 'skipped' AND reason = 'has_device'
   AND NOT EXISTS (SELECT FROM push_subscriptions o
                     JOIN sessions s ON s.id = o.session_id
                      AND s.ended_at IS NULL AND s.expires_at > now()
                    WHERE o.profile_id = %(profile)s::uuid)
RETURNING way
"""
_NEW_ID = """
(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '7'
 || right(replace(gen_random_uuid()::text, '-', ''), 19))::uuid
"""  # UUIDv7 (RFC 9562, 5.7), which PostgreSQL makes by itself from 18 on
_REOPEN = f"""
WITH missed AS (
  DELETE FROM deliveries
   WHERE notice_id = %(notice)s::uuid AND reason = 'over' AND state IN ('skipped', 'dropped')
  RETURNING profile_id),
people AS (
  SELECT profile_id, (row_number() OVER (ORDER BY profile_id) - 1) / %(most)s AS batch
    FROM (SELECT DISTINCT profile_id FROM missed) each)
INSERT INTO notification_batches (id, notice_id, people)
SELECT {_NEW_ID}, %(notice)s::uuid, array_agg(profile_id ORDER BY profile_id)
  FROM people GROUP BY batch
RETURNING id
"""
_HOLD = f"SELECT FROM deliveries {_THIS} FOR UPDATE"
_GIVE_UP = """
UPDATE deliveries d SET state = 'lost', reason = 'sender_died', changed_at = now()
  FROM (SELECT profile_id, notice_id, way, target FROM deliveries
         WHERE state = 'leaving' AND changed_at < now() - %(before)s
         LIMIT %(most)s FOR UPDATE SKIP LOCKED) lost
 WHERE d.profile_id = lost.profile_id AND d.notice_id = lost.notice_id
   AND d.way = lost.way AND d.target = lost.target
RETURNING d.way
"""


@dataclass(frozen=True, slots=True)
class PostgresDeliveries:
    """``Deliveries`` on the table ``deliveries``."""

    connection: Connection

    def add(self, notice_id: NoticeId, decided: Sequence[Decided]) -> None:
        new = msgspec.json.encode(decided).decode()
        self._rows(_ADD, notice=str(notice_id), new=new)

    def claim(self, way: str, most: int, lease: timedelta) -> Sequence[DeliveryKey]:
        found = self._rows(_CLAIM, way=way, most=most, lease=lease)
        return [DeliveryKey(NoticeId(row[0]), ProfileId(row[1]), *row[2:]) for row in found]

    def depart(self, key: DeliveryKey) -> Departing | None:
        row = looked_up(self.connection, key)
        if row is None:
            return None
        departing = departing_of(key, row)
        if departing is None:
            self.settle(key, State.DROPPED, "notice_gone")
        else:
            self._rows(_LEAVE, **_this(key))
        return departing

    def put_back(self, key: DeliveryKey, reason: str, after: timedelta) -> None:
        self._rows(_PUT_BACK, **_this(key), reason=reason, after=after)

    def release(self, keys: Collection[DeliveryKey]) -> None:
        released = [_this(key) for key in sorted(keys, key=str)]
        self._rows(_RELEASE, keys=msgspec.json.encode(released).decode())

    def settle(self, key: DeliveryKey, state: State, reason: str) -> None:
        is_pushed = state is State.SENT and key.way == PUSH
        statement = _SETTLE_PUSHED if is_pushed else _SETTLE
        self._rows(statement, **_this(key), state=state.value, reason=reason)

    def mail_instead(self, key: DeliveryKey) -> bool:
        mail = _this(DeliveryKey(key.notice_id, key.profile_id, EMAIL))
        self._rows(_HOLD, **mail)  # of devices that go at once, the last to look finds none
        return bool(self._rows(_MAIL_INSTEAD, **mail))

    def reopen(self, notice_id: NoticeId, most: int) -> bool:
        return bool(self._rows(_REOPEN, notice=str(notice_id), most=most))

    def forget_device(self, device: UUID) -> None:
        self._rows("DELETE FROM push_subscriptions WHERE id = %(id)s::uuid", id=str(device))

    def give_up(self, before: timedelta, most: int) -> int:
        return len(self._rows(_GIVE_UP, before=before, most=most))

    def _rows(self, statement: str, **values: object) -> Sequence[tuple[Any, ...]]:
        return rows(self.connection, statement, values)


def _this(key: DeliveryKey) -> dict[str, object]:
    return {
        "profile": str(key.profile_id),
        "notice": str(key.notice_id),
        "way": key.way,
        "target": str(key.target),
    }
