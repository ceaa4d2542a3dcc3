"""What the relay hints at when it looks, and what a job says of what failed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from structlog.testing import capture_logs

from stonks.application.outbox.ports import Lag
from stonks.domain.errors import Unavailable
from stonks.entrypoints.work.jobs import do
from stonks.entrypoints.work.relay import MAINTAIN_EVERY, MOST_HINTS, Relay, Stopping


@dataclass(slots=True)
class Told:
    """``WorkReads`` of what a test says; away where it says nothing."""

    counts: Mapping[str, int] | None

    def waiting(self) -> Mapping[str, int]:
        if self.counts is None:
            raise Unavailable("database_unavailable", "is away")
        return self.counts

    def failing(self) -> Mapping[str, int]:
        return {}

    def oldest(self) -> Mapping[str, float]:
        return {}

    def lag(self) -> Lag:
        return Lag(0, 0)


@dataclass(slots=True)
class Looking:
    """A relay, what it is told, its clock, and what it hinted at since somebody asked."""

    told: Told = field(default_factory=lambda: Told({}))
    at: float = 0.0
    relay: Relay = field(init=False)
    _hints: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.relay = Relay("", self.told, self._hint, Stopping(), lambda: self.at)

    def _hint(self, job: str, times: int = 1) -> None:
        self._hints.append((job, times))

    def look(self, **waiting: int) -> list[tuple[str, int]]:
        self.told.counts = waiting
        self._hints.clear()
        self.relay.look()
        return self._hints


def test_it_hints_at_what_waits_and_at_maintenance_now_and_then() -> None:
    looking = Looking()
    assert looking.look(events=1) == [("events", 1), ("maintenance", 1)]
    assert looking.look(events=1) == [("events", 1)]
    looking.at += MAINTAIN_EVERY - 1
    assert looking.look() == []
    looking.at += 1
    assert looking.look() == [("maintenance", 1)]
    assert looking.look() == []


def test_it_wakes_more_workers_for_more_work_and_no_more_than_some() -> None:
    looking = Looking()
    looking.look()
    assert looking.look(events=2_000, fanouts=3, mails=21) == [
        ("events", 1),
        ("fanouts", 3),
        ("mails", 2),
    ]
    assert looking.look(**{"deliveries.push": 401}) == [("deliveries.push", 3)]
    assert looking.look(batches=2_000) == [("batches", MOST_HINTS)]


def test_it_goes_on_where_the_store_is_away() -> None:
    looking = Looking(Told(None))
    looking.relay.look()
    assert looking.look(events=1) == [("events", 1), ("maintenance", 1)]


def test_a_job_names_what_failed() -> None:
    def fail() -> bool:
        error = LookupError("unknown")
        error.add_note("followed 0190")
        raise error

    with capture_logs() as lines:
        assert not do("events", {"events": fail})
    assert [(line["event"], line["of"]) for line in lines] == [("job_failed", "followed 0190")]
