"""The relay: wakes workers at once, and again and again for what nobody was told of."""

import os
import signal
from collections.abc import Callable, Collection, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from select import select
from threading import Event
from time import monotonic

import psycopg2
import structlog
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from sqlalchemy import make_url

from stonks.adapters.postgres.outbox.publishing import CHANNEL
from stonks.adapters.postgres.outbox.turns import RELAY_LOCK
from stonks.application.notifications.ports import WorkReads
from stonks.application.ports import Hint
from stonks.domain.errors import Refusal
from stonks.domain.ids import RoomId
from stonks.entrypoints.container import Container
from stonks.entrypoints.keys import with_key
from stonks.entrypoints.logs import set_up_logs
from stonks.entrypoints.settings import read_settings
from stonks.entrypoints.work.news import News
from stonks.entrypoints.work.worker import must_share

SWEEP_EVERY = 1.0
MAINTAIN_EVERY = 60.0
STAND_BY = 1.0
SILENT_AT_MOST = 5
"""Seconds after which PostgreSQL ends the session, and so the turn, of a relay that hangs, or
whose machine is gone."""
AT_LEAST = 0.1
"""Seconds between two looks, so that a burst of events is one."""
PAUSE = 20.0
"""Seconds without a look at all endpoints, for each second that one takes."""
A_HINT = {
    "events": 2_000,
    "fanouts": 1,
    "batches": 1,
    "mails": 20,
    "attendance": 100,
    "webhooks.steady": 1,
    "webhooks.slow": 1,
}
"""How much of what waits is worth another worker."""
SENDS_A_HINT = 200
MOST_HINTS = 8
log = structlog.get_logger(__name__)


def relay_forever(environ: Mapping[str, str]) -> None:
    """Raises ``BadSetting`` where it cannot start; ends when it is told to."""
    settings = with_key(read_settings(environ))
    must_share(settings)
    set_up_logs(settings)
    container, stopping = Container(settings=settings), Stopping()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    url = make_url(settings.database_url).set(drivername="postgresql")
    news = News(container.bus(), container.endpoint_reads().rooms, stopping.nudge)
    Relay(
        url.render_as_string(hide_password=False),
        container.work_reads(),
        container.hint(),
        stopping,
        begin=news.start,
        wake=container.wake_endpoints(),
        news=news.take,
    ).run()
    news.close()


class Stopping:
    """An event that also ends a ``select``, as does whoever nudges."""

    def __init__(self) -> None:
        self._event = Event()
        self.read_end, self._write_end = os.pipe()
        for end in (self.read_end, self._write_end):
            os.set_blocking(end, False)

    def set(self) -> None:
        self._event.set()
        self.nudge()

    def nudge(self) -> None:
        """End the ``select`` of now, or of next; from any thread."""
        with suppress(OSError):  # it is full of nudges
            os.write(self._write_end, b"!")

    def calm(self) -> None:
        """Let the next ``select`` wait again."""
        if not self.is_set:
            with suppress(BlockingIOError):
                os.read(self.read_end, 4096)

    @property
    def is_set(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)


@dataclass(slots=True)
class Relay:
    """Of several one is active; where it dies or hangs another takes over within seconds."""

    database_url: str
    reads: WorkReads
    hint: Hint
    stopping: Stopping
    now: Callable[[], float] = monotonic
    begin: Callable[[], object] = lambda: None
    """Called each time that its turn begins."""
    wake: Callable[[Collection[RoomId] | None], object] = lambda _: None
    news: Callable[[], Collection[RoomId]] = tuple
    _maintained: float = field(default=float("-inf"))
    _swept: float = field(default=float("-inf"))
    _pause: float = field(default=0.0)

    def run(self) -> None:
        while not self.stopping.is_set:
            try:
                with closing(_connected(self.database_url)) as connection:
                    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
                    self._take_turns(connection)
            except (psycopg2.Error, OSError, ValueError) as error:
                log.warning("relay_lost_the_database", reason=str(error).strip())
                self.stopping.wait(STAND_BY)

    def _take_turns(self, connection: Connection) -> None:
        if not _is_ours(connection):
            log.info("relay_stands_by")
            while not self.stopping.is_set and not _is_ours(connection):
                self.stopping.wait(STAND_BY)
        log.info("relay_active")
        self.begin()
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        while not self.stopping.is_set:
            self.look()
            self._wait(connection)

    def look(self) -> None:
        """Hint at all that may be done now, and at what comes by the clock."""
        try:
            self._wake()
            waiting = self.reads.waiting()
        except Refusal as refusal:
            log.warning("relay_refused", code=refusal.code)
            return
        for job, count in waiting.items():
            self.hint(job, min(MOST_HINTS, -(-count // A_HINT.get(job, SENDS_A_HINT))))
        if self.now() - self._maintained >= MAINTAIN_EVERY:
            self._maintained = self.now()
            self.hint("maintenance")

    def _wake(self) -> None:
        """Endpoints of rooms with news; in every sweep all, since not everything is heard.

        Where there are very many, sweeps come less often.
        """
        heard = self.news()
        if self.now() - self._swept >= self._pause:
            began = self.now()
            self.wake(None)
            self._swept = self.now()
            self._pause = max(SWEEP_EVERY, PAUSE * (self._swept - began))
        elif heard:
            self.wake(heard)

    def _wait(self, connection: Connection) -> None:
        """Until something is published, for as long as a sweep may wait at most."""
        self.stopping.wait(AT_LEAST)
        select([connection.fileno(), self.stopping.read_end], [], [], SWEEP_EVERY)
        self.stopping.calm()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.notifies.clear()


def _connected(database_url: str) -> Connection:
    return psycopg2.connect(
        database_url,
        connect_timeout=5,
        application_name="stonks relay",
        options=f"-c idle_session_timeout={SILENT_AT_MOST}s -c statement_timeout=30s",
    )


def _is_ours(connection: Connection) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", (RELAY_LOCK,))
        found = cursor.fetchone()
    return bool(found and found[0])
