"""What the log says, held against what arrived and against what is on record."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count as numbers
from pathlib import Path

from sqlalchemy import text

from stonks.application.webhooks.runs import A_RUN
from stonks.domain.webhooks.attempt import Outcome
from stonks.domain.webhooks.event_type import EventType
from tests.integration.promises.ledger import stored
from tests.integration.promises.load import Load, new_load, under
from tests.integration.servers import RunningInBackground
from tests.integration.waiting import PATIENCE, wait_until
from tests.integration.webhooks.hooked import Hook, Hooked, HostedChannel
from tests.integration.webhooks.receivers import ExampleReceiver, told
from tests.integration.webhooks.scripted import Scripted, scripted

WRITERS = 2
_slugs = numbers(1)
_ATTEMPTS = "SELECT event_id, outcome FROM webhook_attempts WHERE endpoint_id = :id AND seq > 0"
_FREE = """
SELECT count(*) FROM (
  SELECT FROM webhook_endpoints WHERE id = ANY(CAST(:ids AS uuid[])) FOR UPDATE SKIP LOCKED) free
"""


@dataclass(slots=True)
class Tally:
    """Of one endpoint at the end of its log. Events are named by their ids."""

    entries: int
    position: int
    first_seen: Sequence[int]
    arrived: Mapping[str, int]
    attempts: Sequence[tuple[str, str]]
    lost: Sequence[int] = field(init=False)
    unrecorded: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        self.lost = sorted({*range(1, self.entries + 1)} - {*self.first_seen})
        on_record = Counter(id_ for id_, _ in self.attempts)
        self.unrecorded = [id_ for id_, times in self.arrived.items() if times > on_record[id_]]

    @property
    def doubled(self) -> int:
        return sum(self.arrived.values()) - len(self.arrived)

    @property
    def out_of_order(self) -> int:
        pairs = zip(self.first_seen, self.first_seen[1:], strict=False)
        return sum(before > after for before, after in pairs)

    @property
    def delivered(self) -> int:
        return len({id_ for id_, outcome in self.attempts if outcome == Outcome.DELIVERED})

    def check(self, injected: str, *, may_double: int = 0) -> None:
        """Report, then hold it to promise (e)."""
        outcomes = Counter(outcome for _, outcome in self.attempts)
        print(
            f"\ninjected: {injected}\nin the log: {self.entries}, delivered: {self.delivered}, "
            f"requests: {sum(self.arrived.values())}, doubled at the wire: {self.doubled}, "
            f"lost: {len(self.lost)}, out of order by first sight: {self.out_of_order}\n"
            f"on record: {len(self.attempts)} {dict(outcomes)}, "
            f"arrived and not on record: {len(self.unrecorded)}"
        )
        assert self.lost == [], "everything is told"
        assert self.out_of_order == 0, "in the order of the log"
        assert len(self.arrived) == self.delivered == self.position == self.entries, (
            "each once for whoever drops repeated ids"
        )
        assert self.unrecorded == [], "every attempt is on record"
        assert self.doubled <= may_double, "again only what a sender that died had promised"


@dataclass(slots=True)
class Counted:
    """A channel under load with two endpoints: one that notes every request, and the example."""

    hooked: Hooked
    load: Load
    hook: Hook
    receiver: Scripted
    example_hook: Hook
    example: ExampleReceiver
    interrupted: int = 0

    @property
    def hooks(self) -> tuple[Hook, Hook]:
        return self.hook, self.example_hook

    def wait_for(self, more: int) -> None:
        """Until so many more requests arrived."""
        wanted = len(self.receiver.asked) + more
        wait_until(lambda: len(self.receiver.asked) >= wanted, f"{more} more arrive")

    def pass_leases(self) -> None:
        """Whoever has a turn is taken for dead, and what failed is tried again, at once."""
        self.interrupted += 1
        for hook in self.hooks:
            hook.pass_lease()

    def stop(self, worker: RunningInBackground) -> None:
        """SIGSTOP, in no transaction that holds an endpoint: the database would end it in 30 s."""
        wait_until(partial(self._is_stopped, worker), "it is stopped between two transactions")

    def _is_stopped(self, worker: RunningInBackground) -> bool:
        os.killpg(worker.pid, signal.SIGSTOP)
        if self._count(_FREE) == len(self.hooks):
            return True
        os.killpg(worker.pid, signal.SIGCONT)
        return False

    def settle(self, seconds: float = PATIENCE) -> None:
        """Until both are at the end of the log; what is put off is tried at once."""
        for hook in self.hooks:
            wait_until(partial(_is_told_in_time, hook), "everything is told", seconds)

    def _count(self, statement: str) -> int:
        ids = [hook.id for hook in self.hooks]
        with self.hooked.container.engine().connect() as connection:
            return int(connection.execute(text(statement), {"ids": ids}).scalar_one())

    def tally(self) -> Tally:
        return Tally(
            entries=stored(self.load.database_url, self.load.room).last,
            position=self.hook.read()["position"],
            first_seen=[*dict.fromkeys(self.receiver.seqs())],
            arrived=Counter(asked.headers["webhook-id"] for asked in self.receiver.asked),
            attempts=attempts(self.hook),
        )

    def check(self, injected: str) -> None:
        found = self.tally()
        found.check(injected, may_double=A_RUN * self.interrupted)
        assert self.example.seqs() == [*range(1, found.entries + 1)], (
            "the receiver of the examples, which drops repeated ids, saw each once, in order"
        )


def attempts(hook: Hook) -> Sequence[tuple[str, str]]:
    """Event and outcome of each at what is in the log."""
    with hook.channel.hooked.container.engine().connect() as connection:
        found = connection.execute(text(_ATTEMPTS), {"id": hook.id})
        return [(event_id, outcome) for event_id, outcome in found]


def _is_told_in_time(hook: Hook) -> bool:
    return hook.is_told_all() or (hook.pass_delay() > 0 and hook.is_told_all())


@contextmanager
def counted(hooked: Hooked, folder: Path, injected: Callable[[], str]) -> Iterator[Counted]:
    """Messages flow in the block, in which faults go in; then all of it is counted."""
    with ExitStack() as stack:
        slug = f"counted-{next(_slugs)}"
        load = new_load(
            slug,
            hooked.servers.made,
            hooked.servers.database_url,
            writers=WRITERS,
            readers=0,
        )
        found = _counted(hooked, load, slug, folder, stack)
        with under(load, injected):
            yield found
        found.settle()
        found.check(injected())


def _counted(hooked: Hooked, load: Load, slug: str, folder: Path, stack: ExitStack) -> Counted:
    channel = HostedChannel(hooked, load.writers[0].person, slug, load.room)
    receiver = stack.enter_context(scripted())
    hook = channel.add(receiver.url, EventType.MESSAGE_POSTED)
    hook.activate()
    file = folder / f"{slug}.jsonl"
    example_hook, example = stack.enter_context(told(channel, file, EventType.MESSAGE_POSTED))
    return Counted(hooked, load, hook, receiver, example_hook, example)
