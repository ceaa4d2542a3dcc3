"""All that it takes to tell people, as real processes, and all that they are reached by."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from threading import Event, Lock
from time import monotonic, sleep

from aiosmtpd.controller import Controller
from sqlalchemy import text

from stonks.domain.notifications.delivery import LONGEST_SENDING
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.integration.mail.postbox import Postbox, mail_server
from tests.integration.servers import (
    SEALING_KEY,
    VAPID_KEY,
    RunningInBackground,
    RunningServer,
    Servers,
)
from tests.integration.webpush.push_service import PushService, serving

HERE = "127.0.0.0/8"
PATIENCE = 60.0  # seconds, for what takes one or two on an idle machine
_UNDONE = """
SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM fanouts)
     + (SELECT count(*) FROM notification_batches)
     + (SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'leaving'))
"""
_PASS_LEASES = "UPDATE deliveries SET due_at = now() WHERE state = 'waiting' AND due_at > now()"
_PASS_SENDING = """
UPDATE deliveries SET changed_at = now() - :longest
 WHERE state = 'leaving' AND changed_at < now() - interval '2 seconds'
"""


@dataclass(slots=True)
class Gate:
    """Where those wait whose turn has come, until it is opened."""

    arrived: int = 0
    _open: Event = field(default_factory=Event)
    _arriving: Lock = field(default_factory=Lock)

    def __call__(self) -> None:
        with self._arriving:
            self.arrived += 1
        self._open.wait(PATIENCE)

    def open(self) -> None:
        self._open.set()


@dataclass(slots=True)
class Works:
    """Two servers, a worker and a relay. What no route does is done by ``container``."""

    servers: Servers
    container: Container
    service: PushService
    postbox: Postbox
    mail: Controller
    settings: Mapping[str, object]
    worker: RunningInBackground = field(init=False)
    relay: RunningInBackground = field(init=False)

    @property
    def here(self) -> RunningServer:
        return self.servers.made[0]

    @property
    def there(self) -> RunningServer:
        return self.servers.made[-1]

    def start(self, servers: int) -> None:
        for _ in range(servers):
            self.servers(**self.settings)
        self.relay = self.servers.relay(**self.settings)
        self.worker = self.servers.worker(**self.settings)

    def another_worker(self) -> RunningInBackground:
        return self.servers.worker(**self.settings)

    def run(self, statement: str, **values: object) -> int:
        """Change the database behind everybody's back; how many rows."""
        with self.container.engine().begin() as connection:
            return connection.execute(text(statement), values).rowcount

    def reconnect(self) -> None:
        """Where the connections of the test itself were cut, too."""
        self.container.engine().dispose()

    def undone(self) -> int:
        """All that waits, now or later, and all that is on its way."""
        with self.container.engine().connect() as connection:
            return int(connection.execute(text(_UNDONE)).scalar_one())

    def settle(self, seconds: float = PATIENCE) -> None:
        """Until nothing is left to do, and no mail of another kind waits."""
        wait_until(self._is_done, "everything is done", seconds)

    def _is_done(self) -> bool:
        return self.undone() == 0 and not self.container.work_reads().waiting()

    def settle_after_deaths(self, seconds: float = PATIENCE) -> None:
        """The same, where senders died with what they had claimed, or were sending.

        What would be done when a minute, or ten, have passed is done at once.
        """
        wait_until(self._has_settled_in_time, "everything is done in time", seconds)
        self.settle()

    def _has_settled_in_time(self) -> bool:
        if self.container.work_reads().waiting():
            return False
        self.run(_PASS_LEASES)
        if self.run(_PASS_SENDING, longest=LONGEST_SENDING + timedelta(seconds=1)):
            self.container.hint()("maintenance")
        return self.undone() == 0

    @contextmanager
    def gate(self, of: PushService | Postbox) -> Iterator[Gate]:
        """Whoever takes something there answers only when the gate is open, or the block ends."""
        gate, before = Gate(), of.before_answer
        of.before_answer = gate
        try:
            yield gate
        finally:
            of.before_answer = before
            gate.open()

    @contextmanager
    def without_mail(self) -> Iterator[None]:
        """Nobody takes mail in this block."""
        port = self.mail.port
        self.mail.stop()
        try:
            yield
        finally:
            self.mail = Controller(self.postbox, hostname="127.0.0.1", port=port)
            self.mail.start()

    def end(self) -> None:
        self.mail.stop(no_assert=True)
        self.servers.end()
        self.container.engine().dispose()
        self.container.bus().close()


@contextmanager
def working(
    postgres_url: str,
    redis_url: str,
    private_key: str,
    folder: Path,
    *,
    servers: int = 2,
    **chosen: object,
) -> Iterator[Works]:
    postbox = Postbox()
    with ExitStack() as stack:
        service = stack.enter_context(serving(None, "127.0.0.1"))
        mail = mail_server(postbox)
        mail.start()
        mail_url = f"smtp://127.0.0.1:{mail.port}"
        settings = {"egress_allow": HERE, "mail_url": mail_url, **chosen}
        container = Container(
            settings=Settings(
                database_url=postgres_url,
                redis_url=redis_url,
                token_private_key=private_key,
                vapid_private_key=VAPID_KEY,
                sealing_keys=(SEALING_KEY,),
                egress_allow=(ip_network(HERE),),
                public_url="http://localhost:8000",
            )
        )
        made = Servers(postgres_url, redis_url, private_key, folder)
        works = Works(made, container, service, postbox, mail, settings)
        stack.callback(works.end)
        works.start(servers)
        yield works


def wait_until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, f"it does not come about that {what}"
        sleep(0.02)
