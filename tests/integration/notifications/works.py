"""All that it takes to tell people, as real processes, and all that they are reached by."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text

from stonks.domain.notifications.delivery import LONGEST_SENDING
from tests.integration.mail.postbox import Postbox
from tests.integration.running import Running, running
from tests.integration.waiting import PATIENCE, Gate, wait_until
from tests.integration.webpush.push_service import PushService, serving

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


@dataclass(slots=True, kw_only=True)
class Works(Running):
    """With a push service."""

    service: PushService

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
def working(
    postgres_url: str,
    redis_url: str,
    private_key: str,
    folder: Path,
    *,
    servers: int = 2,
    **chosen: object,
) -> Iterator[Works]:
    with serving(None, "127.0.0.1") as service:
        make = partial(Works, service=service)
        stores = postgres_url, redis_url, private_key
        with running(make, *stores, folder, servers=servers, **chosen) as works:
            yield works
