"""Audiences that have not all got their notice, and people for whom ways are to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from psycopg2.errors import UniqueViolation
from sqlalchemy import Connection, func, insert, select

from stonks.adapters.postgres.bare import Values, rows
from stonks.adapters.postgres.outbox.postponing import postpone, take
from stonks.adapters.postgres.tables.notifications import batches, fanouts
from stonks.application.notifications.stages import Batch, Fanout, Filled
from stonks.domain.ids import NoticeId, ProfileId

_IN_TURNS = "not_before NULLS FIRST, notice_id"
_AUDIENCE = "(SELECT audience FROM notices WHERE notices.id = notice_id)"
# A chunk that a crash of PostgreSQL takes back takes its position with it, and is done again; what
# follows from it is committed later, and so never without it. So nobody need wait for the disk.
_FILL = """
{first};
SET LOCAL synchronous_commit = off;
WITH next AS MATERIALIZED (
  SELECT follower_id AS profile_id FROM follows
   WHERE followed_id = %(audience)s::uuid AND follower_id > %(position)s::uuid AND bell = 'all'
   ORDER BY follower_id LIMIT %(most)s * cardinality(%(batches)s::uuid[])),
seen AS MATERIALIZED (SELECT count(*)::int, array_agg(profile_id) AS people FROM next),
added AS (
  INSERT INTO notifications (profile_id, notice_id)
  SELECT profile_id, %(notice)s::uuid FROM next {added}),
batch AS (
  INSERT INTO notification_batches (id, notice_id, people)
  SELECT id, %(notice)s::uuid, people[(n - 1) * %(most)s + 1 : n * %(most)s]
    FROM {new}, unnest(%(batches)s::uuid[]) WITH ORDINALITY AS batches (id, n)
   WHERE n <= ceil(cardinality(people)::numeric / %(most)s))
SELECT count, people[count] FROM seen
"""
_NOBODY_HAS_IT = _FILL.format(first="SAVEPOINT filling", added="", new="seen")
_SOME_HAVE_IT = _FILL.format(
    first="ROLLBACK TO SAVEPOINT filling",
    added="ON CONFLICT DO NOTHING RETURNING profile_id",
    new="(SELECT array_agg(profile_id) AS people FROM added) AS new",
)
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class PostgresFanouts:
    """``Fanouts`` on the table ``fanouts``; who follows is read from the table ``follows``."""

    connection: Connection

    def add(self, fanout: Fanout) -> None:
        row = {
            "notice_id": fanout.notice_id,
            "position": fanout.position,
            "not_before": func.now(),
        }
        self.connection.execute(insert(fanouts).values(row))

    def take(self) -> Fanout | None:
        columns = ("notice_id", _AUDIENCE, "position")
        found = take(self.connection, "fanouts", "notice_id", columns, order=_IN_TURNS)
        return Fanout(*found) if found else None

    def postpone(self, item: Fanout) -> None:
        postpone(self.connection, "fanouts", "notice_id", item.notice_id)

    def fill(self, fanout: Fanout, batches: Sequence[UUID], most: int) -> Filled:
        values = {
            "audience": str(fanout.audience),
            "position": str(fanout.position or _FIRST),
            "notice": str(fanout.notice_id),
            "batches": [str(batch) for batch in batches],
            "most": most,
        }
        count, last = self._filled(values)
        return Filled(count, ProfileId(last) if last else None)

    def _filled(self, values: Values) -> tuple[int, UUID | None]:
        """Looking out for those who have it costs as much again as putting it in: only if need be.

        Nobody has it, but where a fan-out was asked for again.
        """
        try:
            [(count, last)] = rows(self.connection, _NOBODY_HAS_IT, values)
        except UniqueViolation:
            [(count, last)] = rows(self.connection, _SOME_HAVE_IT, values)
        return count, last


@dataclass(frozen=True, slots=True)
class PostgresBatches:
    """``Batches`` on the table ``notification_batches``."""

    connection: Connection

    def add(self, batch: Batch, *, after: timedelta = timedelta(0)) -> None:
        row = {
            "id": batch.id,
            "notice_id": batch.notice_id,
            "people": list(batch.people),
            "not_before": func.now() + after if after else None,
        }
        self.connection.execute(insert(batches).values(row))

    def has(self, notice_id: NoticeId) -> bool:
        """Held until the unit of work ends; one that is being decided has seen less."""
        wanted = select(batches.c.id).where(batches.c.notice_id == notice_id).limit(1)
        return self.connection.scalar(wanted.with_for_update(read=True)) is not None

    def take(self) -> Batch | None:
        found = take(
            self.connection,
            "notification_batches",
            "id",
            ("id", "notice_id", "people::text[]", "attempts"),
        )
        if found is None:
            return None
        id_, notice_id, people, attempts = found
        return Batch(id_, notice_id, [ProfileId(UUID(person)) for person in people], attempts)

    def postpone(self, item: Batch) -> None:
        postpone(self.connection, "notification_batches", "id", item.id)
