"""Endpoints are told everything, in order, whatever happens to whoever tells them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from stonks.application.ports import Begin
from stonks.application.webhooks.ports import WebhooksWork
from stonks.application.webhooks.runs import A_RUN
from stonks.domain.ids import EndpointId
from stonks.domain.webhooks.endpoint import Endpoint, Lane, Status
from stonks.domain.webhooks.event_type import EventType
from stonks.entrypoints.container import Container
from tests.unit.conftest import renew
from tests.unit.webhooks.test_delivering import staged
from tests.unit.webhooks.wire import Fate, Killed, Wire, WiredEgress

SAID, TITLED = EventType.MESSAGE_POSTED, EventType.TITLE_CHANGED
FILTERS: Sequence[Sequence[EventType]] = [(), (SAID,), (TITLED,)]
URLS = ("https://one.example/", "https://two.example/")
LONG = timedelta(days=2)
"""More than any lease, and any delay after a failure."""
MANY = settings(
    max_examples=2 * settings.get_profile("quick").max_examples,
    stateful_step_count=30,
    deadline=None,
)

which = st.integers(0, len(URLS) - 1)
fates = st.lists(st.sampled_from(Fate), max_size=6)
lanes = st.sampled_from(Lane)


@dataclass(slots=True)
class Deaths:
    """``Begin`` that some unit of work from now on fails, before it commits or after."""

    begin: Begin[WebhooksWork]
    left: int = -1
    is_committed: bool = False

    @contextmanager
    def __call__(self) -> Iterator[WebhooksWork]:
        self.left -= 1
        is_last = self.left == 0
        with self.begin() as work:
            yield work
            if is_last and not self.is_committed:
                raise Killed
        if is_last:
            raise Killed


@dataclass(slots=True)
class Reading:
    """What a receiver that drops repeated ids has seen since it was last told where to begin."""

    id: EndpointId
    url: str
    start: int
    types: Sequence[EventType] = ()
    from_request: int = 0


class Telling(RuleBasedStateMachine):
    """Two endpoints of a channel, one HOST, and senders of which some die."""

    def __init__(self, container: Container) -> None:
        super().__init__()
        renew(container)
        self.wire = Wire()
        self.stage = staged(container, WiredEgress(self.wire))
        self.container = container
        for pace in (container.endpoint_pace, container.endpoint_request_pace):
            pace.override(lambda _: None)
        self.deaths = Deaths(container.begin_webhooks())
        self.seconds, self.pace = 0.0, 0.0
        deliver = replace(
            container.deliver_events(),
            begin=self.deaths,
            note_failure=lambda *_: None,  # that somebody died is no news here
            clock=self.passed,
            wait=lambda _: None,
        )
        container.deliver_events.override(deliver)
        self.log: dict[int, EventType] = {}
        positions = container.chat_reads().positions([self.stage.room])
        self.last_seq: int = positions[self.stage.room]
        self.readings = [
            Reading(self.stage.endpoint(url), url, start=self.last_seq) for url in URLS
        ]
        self.is_host_here = True

    # What happens in the channel.

    @precondition(lambda self: self.is_host_here)
    @rule(many=st.sampled_from([1, 2, 3, A_RUN + 3]))
    def say(self, many: int) -> None:
        for _ in range(many):
            self.stage.clock.pass_(seconds=0.5)
            self.stage.say("hello")
            self.happened(SAID)

    @precondition(lambda self: self.is_host_here)
    @rule()
    def change_the_title(self) -> None:
        self.stage.command(f'/set title "No. {self.last_seq}"')
        self.happened(TITLED)

    @rule(seconds=st.sampled_from([1, 6, 46, 400, 2_500, 90_000]))
    def time_passes(self, seconds: int) -> None:
        self.stage.clock.pass_(seconds=seconds)

    @rule(pace=st.sampled_from([0.0, 0.1, 0.6]))
    def sends_take_time(self, pace: float) -> None:
        """From no time at all to more than a run, and soon a turn, may take."""
        self.pace = pace

    def passed(self) -> float:
        """Seconds, on a clock that goes on whenever it is looked at, and by nothing else."""
        self.seconds += self.pace
        return self.seconds

    # What senders do.

    @rule(lane=lanes, fates=fates)
    def deliver(self, lane: Lane, fates: list[Fate]) -> None:
        self.wire.fates.extend(fates)
        with suppress(Killed):
            self.stage.deliver(lane)
        self.wire.fates.clear()

    @rule(lane=lanes, left=st.integers(1, 5), is_committed=st.booleans())
    def die_in_the_store(self, lane: Lane, left: int, is_committed: bool) -> None:
        self.deaths.left, self.deaths.is_committed = left, is_committed
        with suppress(Killed):
            self.stage.deliver(lane)
        self.deaths.left = -1

    # What the HOST does.

    @precondition(lambda self: self.is_host_here)
    @rule(which=which, types=st.sampled_from(FILTERS))
    def listen_to(self, which: int, types: Sequence[EventType]) -> None:
        reading = self.readings[which]
        change = self.container.change_endpoint()
        change(**self.named(reading), event_types=[type_.value for type_ in types])
        self.begin_anew(reading)

    @precondition(lambda self: self.is_host_here)
    @rule(which=which, back=st.integers(0, 70))
    def replay(self, which: int, back: int) -> None:
        reading = self.readings[which]
        endpoint = self.stage.of(reading.id)
        if endpoint.is_active and endpoint.position:
            from_seq = max(1, endpoint.position - back)
            self.container.replay_events()(**self.named(reading), from_seq=from_seq)
            self.begin_anew(reading)

    @precondition(lambda self: self.is_host_here)
    @rule(which=which)
    def rotate(self, which: int) -> None:
        self.container.rotate_secret()(**self.named(self.readings[which]))

    @precondition(lambda self: self.is_host_here)
    @rule(which=which)
    def activate(self, which: int) -> None:
        self.container.activate_endpoint()(**self.named(self.readings[which]))

    @precondition(lambda self: self.is_host_here)
    @rule(which=which)
    def move(self, which: int) -> None:
        reading = self.readings[which]
        reading.url += "x"
        self.container.change_endpoint()(**self.named(reading), url=reading.url)

    @rule()
    def come_or_go(self) -> None:
        with self.container.begin_identity()() as work:
            profile = work.profiles.lock(self.stage.host)
            if self.is_host_here:
                profile.deactivate(at=self.stage.clock())
            else:
                profile.restore(at=self.stage.clock())
            work.profiles.save(profile)
        self.is_host_here = not self.is_host_here

    # What holds at any time.

    @invariant()
    def each_is_told_in_order_and_all_up_to_its_position(self) -> None:
        for reading in self.readings:
            wanted, seen = self.wanted(reading), self.seen(reading)
            position = self.stage.of(reading.id).position
            assert seen == wanted[: len(seen)], "in order, and none is left out"
            assert len(seen) >= sum(seq <= position for seq in wanted), "up to its position"

    @invariant()
    def whatever_arrived_is_on_record(self) -> None:
        for reading in self.readings:
            endpoint, on_record = self.stage.of(reading.id), self.on_record(reading)
            for (id_, seq), times in self.arrivals(reading).items():
                is_unsure = endpoint.position < (seq or 0) <= (endpoint.unsure_up_to or 0)
                assert times <= on_record[id_] + is_unsure

    @invariant()
    def none_is_forgotten(self) -> None:
        self.container.wake_endpoints()()
        for reading in self.readings:
            check_known(self.stage.of(reading.id), self.last_seq, is_told=self.is_host_here)

    def teardown(self) -> None:
        """When all is well again, and time has passed, everybody was told everything."""
        self.wire.fates.clear()
        if not self.is_host_here:
            self.come_or_go()
        for which, reading in enumerate(self.readings):
            if not self.stage.of(reading.id).is_active:
                self.activate(which)
        self.pace = 0.0
        for lane in (*Lane, *Lane):  # who is quick again is told by those who tell the quick
            self.stage.clock.pass_(seconds=LONG.total_seconds())
            self.stage.deliver(lane)
        for reading in self.readings:
            endpoint = self.stage.of(reading.id)
            assert (endpoint.position, endpoint.due_at) == (self.last_seq, None)
            assert self.seen(reading) == self.wanted(reading)
        self.whatever_arrived_is_on_record()

    # What is known of it.

    def happened(self, type_: EventType) -> None:
        self.last_seq += 1
        self.log[self.last_seq] = type_

    def named(self, reading: Reading) -> dict[str, object]:
        stage = self.stage
        return {"actor": stage.host, "channel_id": stage.channel, "endpoint_id": reading.id}

    def begin_anew(self, reading: Reading) -> None:
        """From its place, which may be before what it has seen."""
        endpoint = self.stage.of(reading.id)
        reading.start, reading.types = endpoint.position, endpoint.event_types
        reading.from_request = len(self.wire.arrived)

    def wanted(self, reading: Reading) -> list[int]:
        return [
            seq
            for seq, type_ in self.log.items()
            if seq > reading.start and (not reading.types or type_ in reading.types)
        ]

    def seen(self, reading: Reading) -> list[int]:
        """By first sight."""
        new = self.wire.arrived[reading.from_request :]
        found = [one.seq for one in new if self.is_of(one.url, reading) and one.seq is not None]
        return [*dict.fromkeys(found)]

    def arrivals(self, reading: Reading) -> Counter[tuple[str, int | None]]:
        of = [one for one in self.wire.arrived if self.is_of(one.url, reading)]
        return Counter((one.id, one.seq) for one in of)

    def is_of(self, url: str, reading: Reading) -> bool:
        """Also before it was moved."""
        return reading.url.startswith(url.rstrip("x"))

    def on_record(self, reading: Reading) -> Counter[str]:
        reads = self.container.endpoint_reads()
        attempts = reads.attempts(reading.id, before=None, limit=1_000_000)
        return Counter(attempt.event_id for attempt in attempts)


def check_known(endpoint: Endpoint, last_seq: int, *, is_told: bool) -> None:
    """Delivered, behind and due, or sent nothing until its HOST says so."""
    if endpoint.status is Status.ACTIVE:
        is_behind = endpoint.position < last_seq
        assert endpoint.due_at is not None or not is_behind or not is_told
        return
    assert (endpoint.due_at, endpoint.turn, endpoint.unsure_up_to) == (None, None, None)
    is_given_up = endpoint.status is Status.DISABLED
    assert (endpoint.disabled_because is not None) == is_given_up


def test_everybody_is_told_everything_in_order_whatever_happens(
    memory_container: Container,
) -> None:
    run_state_machine_as_test(lambda: Telling(memory_container), settings=MANY)
