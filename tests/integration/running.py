"""All of Stonks as real processes, and a real mail server that takes what they send."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar

from aiosmtpd.controller import Controller
from sqlalchemy import text

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

HERE = "127.0.0.0/8"


@dataclass(slots=True)
class Running:
    """Servers, a worker and a relay. What no route does is done by ``container``."""

    servers: Servers
    container: Container
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


Kind = TypeVar("Kind", bound=Running)


@contextmanager
def running(
    make: Callable[[Servers, Container, Postbox, Controller, Mapping[str, object]], Kind],
    postgres_url: str,
    redis_url: str,
    private_key: str,
    folder: Path,
    *,
    servers: int = 1,
    **chosen: object,
) -> Iterator[Kind]:
    """Started, for a block; ``chosen`` are settings of Stonks's own."""
    postbox = Postbox()
    with ExitStack() as stack:
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
        made = make(
            Servers(postgres_url, redis_url, private_key, folder),
            container,
            postbox,
            mail,
            settings,
        )
        stack.callback(made.end)
        made.start(servers)
        yield made
