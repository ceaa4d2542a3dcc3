"""Telling endpoints what happens, in memory."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from stonks.adapters.clock import new_id, now
from stonks.adapters.memory.egress import Asked, MemoryEgress
from stonks.application.chat.post_messages import Draft
from stonks.application.egress.ports import Answer
from stonks.application.webhooks.deliver_events import AGAIN_AFTER, LEASE, LONGEST_RUN
from stonks.application.webhooks.opening import context_of
from stonks.application.webhooks.ports import Run
from stonks.application.webhooks.runs import A_RUN, MOST_LOOKS, run_after
from stonks.domain.chat.entry import EntryKind
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ChannelId, EndpointId, ProfileId, RoomId
from stonks.domain.webhooks.attempt import Attempt, Outcome, Reason
from stonks.domain.webhooks.endpoint import DisabledBecause, Endpoint, Lane, Status
from stonks.domain.webhooks.event_type import EventType
from stonks.domain.webhooks.events import EndpointDisabled
from stonks.domain.webhooks.retrying import DELAYS, JITTER
from stonks.entrypoints.container import Container
from tests.contracts.receivers import WillingReceivers
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_events import WINDOW, write


@dataclass(frozen=True, slots=True)
class Looking:
    """A unit of work that has nothing but a log."""

    events: object


SECRET, OLD_SECRET = b"s" * 32, b"o" * 32
URL = "https://hooks.example/in"
TAKEN = Answer(204, {}, b"")


def no(status: int, **headers: str) -> Answer:
    return Answer(status, headers, b"")


@dataclass(slots=True)
class Stage:
    """A channel with a chat, endpoints, and whatever answers them."""

    town: Town
    clock: SteppingClock
    host: ProfileId
    channel: ChannelId
    room: RoomId
    egress: MemoryEgress
    ids: list[EndpointId] = field(default_factory=list)

    def endpoint(self, url: str = URL, *types: EventType, **changes: object) -> EndpointId:
        """An active one, which has been told everything so far."""
        container, at = self.town.container, self.clock()
        id_ = EndpointId(new_id())
        sealed = container.sealer().seal(SECRET, context=context_of(id_))
        last_seq = container.chat_reads().positions([self.room])[self.room]
        endpoint = Endpoint(id_, self.channel, self.room, url, "", types, sealed, last_seq, at, at)
        endpoint.activate(last_seq=last_seq, at=at)
        for name, value in changes.items():
            setattr(endpoint, name, value)
        with container.begin_webhooks()() as work:
            work.endpoints.add(endpoint)
        self.ids.append(id_)
        return id_

    def say(self, *texts: str) -> None:
        for text in texts:
            draft = Draft.written(self.room, self.host, text)
            (posted,) = self.town.container.post_messages()(drafts=[draft])
            assert not isinstance(posted, Exception), posted

    def command(self, line: str) -> None:
        self.town.container.apply_chat_command()(actor=self.host, room_id=self.room, line=line)

    def deliver(self, lane: Lane = Lane.STEADY) -> None:
        """Until nothing is due."""
        self.town.container.wake_endpoints()()
        while self.town.container.deliver_events()(lane):
            pass

    def of(self, id_: EndpointId) -> Endpoint:
        found: Endpoint = self.town.container.endpoint_reads().one(self.channel, id_).endpoint
        return found

    def attempts(self, id_: EndpointId) -> list[Attempt]:
        """The oldest first."""
        reads = self.town.container.endpoint_reads()
        return [*reads.attempts(id_, before=None, limit=1000)][::-1]

    def answers(self, *answers: Answer | Unavailable) -> None:
        self.egress.script.extend(answers)

    @property
    def told(self) -> list[str]:
        return [text_of(asked) for asked in self.egress.asked]

    def published(self) -> list[object]:
        handle = self.town.container.handle_event()
        with self.town.container.begin_notifications()() as work:
            return [handle.read(envelope) for envelope in iter(work.outbox.take, None)]


def text_of(asked: Asked) -> str:
    event = json.loads(asked.body)
    return str(event["data"].get("text") or event["type"])


@pytest.fixture
def stage(memory_container: Container) -> Stage:
    return staged(memory_container, MemoryEgress())


def staged(container: Container, egress: MemoryEgress) -> Stage:
    """A HOST with a channel, in a container that is as good as new."""
    clock = SteppingClock(now())
    container.now.override(clock)
    container.egress.override(egress)
    deliver = container.deliver_events()
    steady = replace(deliver, put_off=replace(deliver.put_off, jitter=lambda: 0.0))
    container.deliver_events.override(steady)
    town = Town(container, clock)
    host = town.person("host")
    channel, room = town.channel("lounge", host)
    return Stage(town, clock, host, channel, room, egress)


def test_everything_is_told_in_order_and_put_on_record(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one", "two", "three")
    stage.deliver()
    assert stage.told == ["one", "two", "three"]
    endpoint, attempts = stage.of(id_), stage.attempts(id_)
    assert (endpoint.position, endpoint.due_at, endpoint.turn) == (3, None, None)
    assert [attempt.seq for attempt in attempts] == [1, 2, 3]
    assert {(one.outcome, one.status, one.reason) for one in attempts} == {
        (Outcome.DELIVERED, 201, None)
    }
    headers = stage.egress.asked[0].headers
    assert attempts[0].event_id == headers["webhook-id"]
    assert headers["Content-Type"] == "application/json"


def test_what_is_told_is_signed_for_this_attempt(stage: Stage) -> None:
    stage.endpoint()
    stage.say("one")
    stage.clock.pass_(seconds=40)
    stage.deliver()
    (asked,) = stage.egress.asked
    assert asked.headers["webhook-timestamp"] == str(int(stage.clock().timestamp()))
    assert Webhook(SECRET).verify(asked.body, {**asked.headers})["data"]["text"] == "one"


@pytest.mark.parametrize(("hours", "signatures"), [(23.9, 2), (24.1, 1)])
def test_both_secrets_sign_for_a_day_after_a_rotation(
    stage: Stage, hours: float, signatures: int
) -> None:
    id_ = stage.endpoint()
    sealed = stage.town.container.sealer().seal(OLD_SECRET, context=context_of(id_))
    with stage.town.container.begin_webhooks()() as work:
        endpoint = work.endpoints.lock(stage.channel, id_)
        endpoint.rotate(sealed, stage.clock())
        work.endpoints.save(endpoint)
    stage.clock.pass_(hours=hours)
    stage.say("one")
    stage.deliver()
    (asked,) = stage.egress.asked
    assert len(asked.headers["webhook-signature"].split()) == signatures


def test_a_filter_skips_and_the_position_moves_on(stage: Stage) -> None:
    id_ = stage.endpoint(URL, EventType.TITLE_CHANGED)
    stage.say("one", "two")
    stage.command('/set title "New"')
    stage.say("three")
    stage.deliver()
    assert stage.told == ["chat.title_changed"]
    assert stage.of(id_).position == 4


def test_more_than_a_run_is_told_in_order(stage: Stage) -> None:
    id_ = stage.endpoint()
    texts = [f"message {number}" for number in range(A_RUN * 2 + 3)]
    for text in texts:
        stage.clock.pass_(seconds=2)
        stage.say(text)
    stage.deliver()
    assert stage.told == texts
    assert len(stage.attempts(id_)) == len(texts)


def _said_while_it_waits(stage: Stage, text: str) -> list[float]:
    """Say so the first time that a turn waits; for how long turns waited."""
    waited: list[float] = []

    def wait(seconds: float) -> None:
        if not waited:
            stage.say(text)
        waited.append(seconds)

    container = stage.town.container
    container.deliver_events.override(replace(container.deliver_events(), wait=wait))
    return waited


def test_who_was_told_much_is_looked_at_once_more_in_the_same_turn(stage: Stage) -> None:
    id_ = stage.endpoint()
    texts = [f"message {number}" for number in range(A_RUN)]
    for text in texts:
        stage.clock.pass_(seconds=2)
        stage.say(text)
    stage.clock.pass_(seconds=2)
    waited = _said_while_it_waits(stage, "late")
    stage.town.container.wake_endpoints()()
    assert stage.town.container.deliver_events()(Lane.STEADY)
    assert stage.told == [*texts, "late"]
    endpoint = stage.of(id_)
    assert (endpoint.position, endpoint.due_at, endpoint.turn) == (A_RUN + 1, None, None)
    assert waited == [AGAIN_AFTER] * 2


def test_who_was_told_little_is_not_waited_for(stage: Stage) -> None:
    stage.endpoint()
    stage.say("one")
    waited = _said_while_it_waits(stage, "late")
    stage.deliver()
    assert stage.told == ["one"]
    assert not waited


def test_nothing_is_told_after_what_was_not_delivered(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one", "two", "three")
    stage.answers(TAKEN, no(500))
    stage.deliver()
    assert stage.told == ["one", "two"]
    endpoint = stage.of(id_)
    assert (endpoint.position, endpoint.failures, endpoint.lane) == (1, 1, Lane.SLOW)
    assert endpoint.failing_since == stage.clock()
    assert endpoint.due_at == stage.clock() + DELAYS[0]
    stage.deliver()
    stage.deliver(Lane.SLOW)
    assert stage.told == ["one", "two"]
    stage.clock.pass_(seconds=5)
    stage.deliver(Lane.SLOW)
    assert stage.told == ["one", "two", "two", "three"]
    ids = [asked.headers["webhook-id"] for asked in stage.egress.asked]
    assert ids[1] == ids[2]
    endpoint = stage.of(id_)
    assert (endpoint.failures, endpoint.failing_since, endpoint.lane) == (0, None, Lane.STEADY)


def test_it_is_tried_on_the_schedule_and_then_given_up(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one")
    waits = []
    for _ in DELAYS:
        stage.answers(no(500))
        stage.deliver()
        stage.deliver(Lane.SLOW)
        due_at = stage.of(id_).due_at
        assert due_at is not None
        waits.append(due_at - stage.clock())
        stage.clock.at = due_at
    assert tuple(waits) == DELAYS
    assert stage.of(id_).is_active
    stage.answers(no(500))
    stage.deliver(Lane.SLOW)
    endpoint = stage.of(id_)
    assert endpoint.status is Status.DISABLED
    assert endpoint.disabled_because is DisabledBecause.KEPT_FAILING
    assert (endpoint.position, endpoint.due_at) == (0, None)
    (event,) = stage.published()
    assert isinstance(event, EndpointDisabled)
    assert (event.url, event.reason) == (URL, "it kept failing; last it answered 500")
    assert len(stage.attempts(id_)) == len(DELAYS) + 1
    stage.deliver(Lane.SLOW)
    assert len(stage.egress.asked) == len(DELAYS) + 1


def test_who_is_gone_is_disabled_at_once_and_keeps_its_place(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one", "two")
    stage.answers(TAKEN, no(410))
    stage.deliver()
    endpoint = stage.of(id_)
    assert endpoint.status is Status.DISABLED
    assert endpoint.disabled_because is DisabledBecause.GONE
    assert endpoint.position == 1
    (event,) = stage.published()
    assert isinstance(event, EndpointDisabled)
    assert event.channel_id == stage.channel
    with stage.town.container.begin_webhooks()() as work:
        held = work.endpoints.lock(stage.channel, id_)
        held.activate(last_seq=2, at=stage.clock())
        work.endpoints.save(held)
    stage.deliver()
    assert stage.told == ["one", "two", "two"]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_who_says_when_is_not_asked_before(stage: Stage, status: int) -> None:
    id_ = stage.endpoint()
    stage.say("one")
    stage.answers(no(status, **{"Retry-After": "120"}))
    stage.deliver()
    assert stage.of(id_).due_at == stage.clock() + timedelta(seconds=120)


def test_who_asks_for_more_than_a_day_gets_a_day_and_less_than_the_schedule_does_not_count(
    stage: Stage,
) -> None:
    eager, lazy = stage.endpoint(), stage.endpoint()
    stage.say("one")
    stage.answers(no(503, **{"Retry-After": "1"}), no(429, **{"Retry-After": "9999999"}))
    stage.deliver()
    assert stage.of(eager).due_at == stage.clock() + DELAYS[0]
    assert stage.of(lazy).due_at == stage.clock() + timedelta(days=1)


def test_a_failure_of_another_kind_says_nothing_of_when(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one")
    stage.answers(no(500, **{"Retry-After": "3600"}))
    stage.deliver()
    assert stage.of(id_).due_at == stage.clock() + DELAYS[0]


def test_jitter_makes_a_delay_longer_and_never_shorter(stage: Stage) -> None:
    deliver = stage.town.container.deliver_events()
    late = replace(deliver, put_off=replace(deliver.put_off, jitter=lambda: 0.999))
    stage.town.container.deliver_events.override(late)
    id_ = stage.endpoint()
    stage.say("one")
    stage.answers(no(500))
    stage.deliver()
    due_at = stage.of(id_).due_at
    assert due_at is not None
    assert DELAYS[0] < due_at - stage.clock() < DELAYS[0] * (1 + JITTER)


@pytest.mark.parametrize(
    ("answer", "reason", "status"),
    [
        (no(301), Reason.REDIRECT, 301),
        (no(307, Location="http://169.254.169.254/"), Reason.REDIRECT, 307),
        (no(404), Reason.STATUS, 404),
        (no(410), Reason.GONE, 410),
        (no(429), Reason.SLOW_DOWN, 429),
        (no(500), Reason.STATUS, 500),
        (no(502), Reason.SLOW_DOWN, 502),
        (no(199), Reason.STATUS, 199),
        (Unavailable("egress_failed", "nothing was sent: TLS"), Reason.NOT_REACHED, None),
        (Unavailable("egress_uncertain", "no answer came: it hung up"), Reason.NO_ANSWER, None),
    ],
)
def test_every_failure_has_its_reason(
    stage: Stage, answer: Answer | Unavailable, reason: Reason, status: int | None
) -> None:
    id_ = stage.endpoint()
    stage.say("one")
    stage.answers(answer)
    stage.deliver()
    (attempt,) = stage.attempts(id_)
    assert (attempt.outcome, attempt.reason, attempt.status) == (Outcome.FAILED, reason, status)
    assert attempt.detail
    assert stage.of(id_).position == 0


def test_ssrf_a_name_that_leads_inside_by_now_is_not_asked(stage: Stage) -> None:
    inside = MemoryEgress(resolve=lambda _: ["10.0.0.7"])
    send = stage.town.container.deliver_events().send
    deliver = replace(stage.town.container.deliver_events(), send=replace(send, egress=inside))
    stage.town.container.deliver_events.override(deliver)
    id_ = stage.endpoint()
    stage.say("one")
    stage.deliver()
    assert inside.asked == []
    (attempt,) = stage.attempts(id_)
    assert attempt.reason is Reason.FORBIDDEN_ADDRESS
    assert stage.of(id_).failures == 1


def test_what_a_sender_that_died_may_have_sent_is_on_record_and_sent_again(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one", "two", "three")
    begin = stage.town.container.begin_webhooks()
    stage.town.container.wake_endpoints()()
    with begin() as work:
        turn = work.turns.take(Lane.STEADY, new_id(), LEASE)
        assert turn is not None
        assert work.turns.go_on(turn, 1, 3, LEASE)
    stage.deliver()
    assert stage.told == []
    stage.clock.pass_(seconds=LEASE.total_seconds())
    stage.deliver()
    assert stage.told == ["two", "three"]
    attempts = stage.attempts(id_)
    assert [(one.seq, one.outcome, one.reason) for one in attempts] == [
        (2, Outcome.UNKNOWN, Reason.SENDER_DIED),
        (3, Outcome.UNKNOWN, Reason.SENDER_DIED),
        (2, Outcome.DELIVERED, None),
        (3, Outcome.DELIVERED, None),
    ]
    assert attempts[0].event_id == attempts[2].event_id


def test_what_may_have_been_sent_is_on_record_however_far_on_a_filter_found_it(
    stage: Stage,
) -> None:
    id_ = stage.endpoint(URL, EventType.TITLE_CHANGED)
    write(stage.town, stage.room, stage.host, *[EntryKind.MESSAGE] * (WINDOW + 1))
    stage.command('/set title "New"')
    begin = stage.town.container.begin_webhooks()
    stage.town.container.wake_endpoints()()
    with begin() as work:
        turn = work.turns.take(Lane.STEADY, new_id(), LEASE)
        assert turn is not None
        assert work.turns.go_on(turn, 0, WINDOW + 2, LEASE)
    stage.clock.pass_(seconds=LEASE.total_seconds())
    stage.deliver()
    told = [(one.seq, one.outcome) for one in stage.attempts(id_)]
    assert told == [(WINDOW + 2, Outcome.UNKNOWN), (WINDOW + 2, Outcome.DELIVERED)]


def test_whoever_lost_the_turn_stops_and_what_was_sent_stays_on_record(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one", "two")
    before = stage.egress.post

    def replay_meanwhile(*given: object, **named: object) -> Answer:
        if len(stage.egress.asked) == 1:
            with stage.town.container.begin_webhooks()() as work:
                endpoint = work.endpoints.lock(stage.channel, id_)
                endpoint.listen_to((EventType.MESSAGE_POSTED,), stage.clock())
                work.endpoints.save(endpoint)
        return before(*given, **named)  # type: ignore[arg-type] # as it came

    send = stage.town.container.deliver_events().send
    watched = MemoryEgress()
    watched.post = replay_meanwhile  # type: ignore[method-assign] # something happens meanwhile
    deliver = replace(stage.town.container.deliver_events(), send=replace(send, egress=watched))
    stage.town.container.wake_endpoints()()
    assert deliver(Lane.STEADY)
    assert stage.of(id_).position == 0
    assert len(stage.attempts(id_)) == 2
    stage.deliver()
    assert stage.told == ["one", "two", "one", "two"]
    assert stage.of(id_).position == 2


def test_who_takes_long_is_told_beside_the_others(stage: Stage) -> None:
    id_ = stage.endpoint()
    stage.say("one", "two")
    ticks = iter(range(0, 10_000, 2))
    slow = replace(stage.town.container.deliver_events(), clock=lambda: float(next(ticks)))
    stage.town.container.deliver_events.override(slow)
    stage.deliver()
    assert stage.told == ["one"]
    endpoint = stage.of(id_)
    assert (endpoint.position, endpoint.lane, endpoint.failures) == (1, Lane.SLOW, 0)
    stage.deliver(Lane.SLOW)
    assert stage.told == ["one", "two"]


def test_a_secret_that_no_key_opens_is_a_failure_that_its_host_sees(stage: Stage) -> None:
    sealed_elsewhere = stage.endpoint(secret=b"of another key")
    fine = stage.endpoint("https://fine.example/")
    stage.say("one")
    stage.deliver()
    assert [asked.url for asked in stage.egress.asked] == ["https://fine.example/"]
    assert stage.of(fine).position == 1
    (attempt,) = stage.attempts(sealed_elsewhere)
    assert (attempt.outcome, attempt.reason) == (Outcome.FAILED, Reason.UNSIGNED)
    endpoint = stage.of(sealed_elsewhere)
    assert (endpoint.failures, endpoint.lane, endpoint.unsure_up_to) == (1, Lane.SLOW, None)
    assert endpoint.due_at == stage.clock() + DELAYS[0]


def test_a_secret_that_no_key_opens_any_more_does_not_keep_its_successor_from_signing(
    stage: Stage,
) -> None:
    id_ = stage.endpoint(secret=b"of another key")
    rotate = stage.town.container.rotate_secret()
    new = rotate(actor=stage.host, channel_id=stage.channel, endpoint_id=id_).secret
    stage.say("one")
    stage.deliver()
    (asked,) = stage.egress.asked
    assert Webhook(new).verify(asked.body, {**asked.headers})


def test_what_goes_wrong_with_one_endpoint_holds_up_no_other(stage: Stage) -> None:
    bad, fine = stage.endpoint("https://bad.example/"), stage.endpoint("https://fine.example/")
    post = stage.egress.post

    def break_down(url: str, *given: object, **named: object) -> Answer:
        if "bad" in url:
            raise ValueError("a test")
        return post(url, *given, **named)  # type: ignore[arg-type] # as it came

    stage.egress.post = break_down  # type: ignore[method-assign] # what no egress does
    noted: list[tuple[EndpointId, str]] = []
    deliver = replace(
        stage.town.container.deliver_events(),
        note_failure=lambda id_, error: noted.append((id_, str(error))),
    )
    stage.town.container.deliver_events.override(deliver)
    stage.say("one")
    stage.deliver()
    assert stage.told == ["one"]
    assert (stage.of(fine).position, stage.of(bad).position) == (1, 0)
    assert noted == [(bad, "a test")]


def test_types_that_another_release_knows_are_left_to_it(stage: Stage) -> None:
    theirs = stage.endpoint("https://theirs.example/", event_types=("chat.poll_opened",))
    both = stage.endpoint(
        "https://both.example/", event_types=("chat.poll_opened", "chat.message_posted")
    )
    stage.say("one")
    stage.deliver()
    assert [asked.url for asked in stage.egress.asked] == ["https://both.example/"]
    assert stage.of(theirs).event_types == ("chat.poll_opened",)
    assert stage.of(both).position == 1


CHANGES: dict[str, Callable[[Container, dict[str, object]], object]] = {
    "rotate": lambda box, this: box.rotate_secret()(**this),
    "listen": lambda box, this: box.change_endpoint()(**this, event_types=["chat.message_posted"]),
    "replay": lambda box, this: box.replay_events()(**this, from_seq=1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_host_changes_neither_hurries_who_fails_nor_counts_against_it(
    stage: Stage, change: str
) -> None:
    id_ = stage.endpoint()
    stage.say("one")
    stage.answers(no(503, **{"Retry-After": "600"}))
    stage.deliver()
    before = stage.of(id_)
    this = {"actor": stage.host, "channel_id": stage.channel, "endpoint_id": id_}
    for _ in range(3):
        CHANGES[change](stage.town.container, this)
        stage.deliver(Lane.SLOW)
    after = stage.of(id_)
    assert (after.failures, after.due_at, after.lane) == (1, before.due_at, Lane.SLOW)
    assert len(stage.egress.asked) == 1
    stage.clock.pass_(seconds=600)
    stage.deliver(Lane.SLOW)
    assert stage.told == ["one", "one"]


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_host_changes_holds_at_once_for_who_does_not_fail(stage: Stage, change: str) -> None:
    id_ = stage.endpoint()
    stage.say("one")
    stage.deliver()
    stage.say("two")
    this = {"actor": stage.host, "channel_id": stage.channel, "endpoint_id": id_}
    CHANGES[change](stage.town.container, this)
    assert stage.of(id_).due_at == stage.clock()


def test_a_log_without_hits_is_looked_through_in_parts(stage: Stage) -> None:
    looks, step = [], 2000

    class Endless:
        """A log of half a million entries, none of them wanted."""

        def after(self, room_id: RoomId, seq: int, types: Sequence[str], most: int) -> Run:
            looks.append(seq)
            return Run((), min(seq + step, 500_000))

    position, turns = 0, 0
    while True:
        run = run_after(Looking(Endless()), stage.room, position, ())  # type: ignore[arg-type]
        turns += 1
        if run.position == position:
            break
        position = run.position
    assert position == 500_000
    assert turns == 500_000 // (step * MOST_LOOKS) + 1


def test_endpoints_of_a_host_who_left_are_told_nothing(stage: Stage) -> None:
    stage.endpoint()
    stage.say("one")
    with stage.town.container.begin_identity()() as work:
        profile = work.profiles.lock(stage.host)
        profile.deactivate(at=stage.clock())
        work.profiles.save(profile)
    stage.deliver()
    assert stage.egress.asked == []


def test_a_run_is_written_down_before_a_slow_receiver_ends_it() -> None:
    assert timedelta(seconds=LONGEST_RUN + 15) < LEASE


@pytest.mark.parametrize("change", ["listen_to", "move", "replay", "rotate", "activate"])
def test_what_was_sent_stays_on_record_whoever_ends_the_turn_of_a_sender_that_died(
    memory_container: Container, change: str
) -> None:
    stage = staged(memory_container, WillingReceivers())
    id_ = stage.endpoint()
    stage.say("one", "two", "three")
    memory_container.wake_endpoints()()
    with memory_container.begin_webhooks()() as work:
        turn = work.turns.take(Lane.STEADY, new_id(), LEASE)
        assert turn is not None
        assert work.turns.go_on(turn, 1, 3, LEASE)
    named = {"actor": stage.host, "channel_id": stage.channel, "endpoint_id": id_}
    changes = {
        "listen_to": lambda: memory_container.change_endpoint()(
            **named, event_types=[EventType.TITLE_CHANGED]
        ),
        "move": lambda: memory_container.change_endpoint()(**named, url=f"{URL}/elsewhere"),
        "replay": lambda: memory_container.replay_events()(**named, from_seq=1),
        "rotate": lambda: memory_container.rotate_secret()(**named),
        "activate": lambda: memory_container.activate_endpoint()(**named),
    }
    changes[change]()
    told = [one for one in stage.attempts(id_) if one.seq is not None]
    assert [(one.seq, one.outcome, one.reason) for one in told] == [
        (2, Outcome.UNKNOWN, Reason.SENDER_DIED),
        (3, Outcome.UNKNOWN, Reason.SENDER_DIED),
    ]


def test_a_description_ends_no_turn(memory_container: Container) -> None:
    stage = staged(memory_container, WillingReceivers())
    id_ = stage.endpoint()
    stage.say("one", "two")
    memory_container.wake_endpoints()()
    with memory_container.begin_webhooks()() as work:
        turn = work.turns.take(Lane.STEADY, new_id(), LEASE)
        assert turn is not None
        assert work.turns.go_on(turn, 0, 2, LEASE)
    memory_container.change_endpoint()(
        actor=stage.host, channel_id=stage.channel, endpoint_id=id_, description="of ours"
    )
    assert stage.of(id_).unsure_up_to == 2
    assert stage.attempts(id_) == []
