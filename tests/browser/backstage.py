"""The work that is done apart from requests, done when a test says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stonks.adapters.clock import new_id
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId
from stonks.domain.presence.beat import SETTLES
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.browser.page import soon
from tests.integration.servers import SEALING_KEY, VAPID_KEY


@dataclass(frozen=True, slots=True)
class Backstage:
    container: Container

    def work(self) -> None:
        """Do all that can be done now, until nothing is left of it."""
        while waiting := self.container.work_reads().waiting():
            for name in waiting:
                while self.container.jobs()[name]():
                    pass

    def knows_who_is_online(self) -> bool:
        """Not before every server has had the time to say so."""
        try:
            self.container.people_online().online([ProfileId(new_id())])
        except Unavailable:
            return False
        return True


@contextmanager
def backstage(database_url: str, redis_url: str, private_key: str) -> Iterator[Backstage]:
    """On the stores of a server that is up."""
    settings = Settings(
        database_url=database_url,
        redis_url=redis_url,
        token_private_key=private_key,
        vapid_private_key=VAPID_KEY,
        sealing_keys=(SEALING_KEY,),
        mail_url="memory:",
    )
    container = Container(settings=settings)
    try:
        behind = Backstage(container)
        soon(behind.knows_who_is_online, "who is online", SETTLES + 10)
        yield behind
    finally:
        container.engine().dispose()
        container.bus().close()
