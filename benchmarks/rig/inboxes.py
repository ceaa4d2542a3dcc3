"""Inbox rows a second: the use case, beside the least that PostgreSQL can do, and the ordinary."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - it is a class
from sqlalchemy import Engine
from sqlalchemy.orm import DeclarativeBase, Session

from rig.crowd import empty, fill
from rig.fanout import Say
from rig.machine import SERVER, pinned
from rig.processes import Failed, Tree
from stonks.adapters.clock import new_id, now
from stonks.adapters.postgres.tables.notifications import notifications
from stonks.application.notifications.stages import Fanout
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import Notice, NoticeKind
from stonks.entrypoints.container import Container

PRODUCT = "**Stonks**, `FanOut`"
LIMIT = "one `INSERT … SELECT … ORDER BY`"
UNSORTED = "one `INSERT … SELECT`, in any order"
OBJECTS = "ORM, `add_all`"
ROWS = "one `INSERT` and `COMMIT` a row"
FEW_OBJECTS, FEW_ROWS = 20_000, 2_000
"""So many rows of the slow ways; they have no million to spare."""

_BARE = """
INSERT INTO notifications (profile_id, notice_id)
SELECT follower_id, %(notice)s::uuid FROM follows
 WHERE followed_id = %(host)s::uuid AND bell = 'all' {order}
"""
_ONE = "INSERT INTO notifications (profile_id, notice_id) VALUES (%s, %s)"
_FOLLOWERS = "SELECT follower_id::text FROM follows WHERE followed_id = %s::uuid LIMIT %s"


@dataclass(slots=True)
class Inboxes:
    """Rows a second, and PostgreSQL's CPU-seconds a million rows, by way; ``old`` were there."""

    old: int
    rates: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    costs: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def rate(self, way: str) -> float | None:
        return statistics.median(self.rates[way]) if way in self.rates else None

    def spread(self, way: str) -> str:
        return f"{min(self.rates[way]):,.0f} to {max(self.rates[way]):,.0f}"

    def cost(self, way: str) -> float:
        return statistics.median(self.costs[way])

    @property
    def ratio(self) -> float | None:
        """Of the product over the limit."""
        own, limit = self.rate(PRODUCT), self.rate(LIMIT)
        return own / limit if own and limit else None


class _Base(DeclarativeBase):
    pass


class _Row(_Base):
    """A row of the inbox as an ORM has it."""

    __table__ = notifications


@dataclass(frozen=True, slots=True)
class Measure:
    """Ways of telling all who follow ``host``; each answers how many rows it made."""

    container: Container
    dsn: str
    database: Tree
    host: str
    followers: int
    say: Say

    def __call__(self, rounds: int, old_each: int = 0, crowd: int = 0) -> Inboxes:
        """Rounds of all ways in turn, on empty inboxes or on ones that stay filled."""
        seen = Inboxes(old_each * crowd)
        with self._cursor() as cursor:
            empty(cursor)
            self.container.hint()("fanouts")
            self.container.fan_out()()  # which connects; there is nobody to tell
            if old_each:
                fill(cursor, old_each)
            for _ in range(rounds):
                for way, act in self._ways(is_filled=bool(old_each)).items():
                    if not old_each:
                        empty(cursor)
                    self._round(seen, way, act, cursor)
            empty(cursor)
        return seen

    def _ways(self, *, is_filled: bool) -> Mapping[str, Callable[[Cursor], int]]:
        ways: dict[str, Callable[[Cursor], int]] = {PRODUCT: self._product, LIMIT: self._bare}
        if not is_filled:
            ways |= {UNSORTED: self._unsorted, OBJECTS: self._objects, ROWS: self._rows}
        return ways

    def _round(self, seen: Inboxes, way: str, act: Callable[[Cursor], int], cursor: Cursor) -> None:
        before = _count(cursor)
        used, start = self.database.cpu_seconds(), time.perf_counter()
        rows = act(cursor)
        seconds, cpu = time.perf_counter() - start, self.database.cpu_seconds() - used
        if (found := _count(cursor) - before) != rows:
            raise Failed(f"{way} made {found} rows, not {rows}")
        cursor.execute("TRUNCATE notification_batches")
        seen.rates[way].append(rows / seconds)
        seen.costs[way].append(cpu / rows * 1e6)
        self.say(f"{way}: {rows / seconds:,.0f} rows a second, on {seen.old:,}")

    def _product(self, _: Cursor) -> int:
        notice = _notice(self.host)
        with self.container.begin_notifications()() as work:
            work.notices.add(notice)
            work.fanouts.add(Fanout(notice.id, ProfileId(UUID(self.host))))
        fan_out = self.container.fan_out()
        while fan_out():
            pass
        return self.followers

    def _bare(self, cursor: Cursor, order: str = "ORDER BY follower_id") -> int:
        cursor.execute(_BARE.format(order=order), {"host": self.host, "notice": str(new_id())})
        return cursor.rowcount

    def _unsorted(self, cursor: Cursor) -> int:
        return self._bare(cursor, "")

    def _objects(self, cursor: Cursor) -> int:
        engine: Engine = self.container.engine()
        people, notice = self._some(cursor, FEW_OBJECTS), new_id()
        with Session(engine) as session:
            session.add_all([_Row(profile_id=UUID(who), notice_id=notice) for who in people])
            session.commit()
        return len(people)

    def _rows(self, cursor: Cursor) -> int:
        people, notice = self._some(cursor, FEW_ROWS), str(new_id())
        for who in people:
            cursor.execute(_ONE, (who, notice))
        return len(people)

    def _some(self, cursor: Cursor, count: int) -> list[str]:
        cursor.execute(_FOLLOWERS, (self.host, count))
        return [row[0] for row in cursor.fetchall()]

    @contextmanager
    def _cursor(self) -> Iterator[Cursor]:
        with pinned(SERVER), closing(psycopg2.connect(self.dsn)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                yield cursor


def _count(cursor: Cursor) -> int:
    cursor.execute("SELECT count(*) FROM notifications")
    (found,) = cursor.fetchone() or (0,)
    return int(found)


def _notice(host: str) -> Notice:
    return Notice(
        NoticeId(new_id()), NoticeKind.STREAM_STARTED, new_id(), now(), ProfileId(UUID(host))
    )
