"""From what happens to who is told, through all stages, in memory."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from stonks.adapters.clock import new_id, now
from stonks.adapters.notifiers.memory import MemoryNotifier
from stonks.application.notifications.ports import NotificationView
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.webhooks.events import EndpointDisabled
from stonks.entrypoints.container import Container
from stonks.entrypoints.work.jobs import do
from tests.contracts.deliveries import prove
from tests.contracts.town import SteppingClock, Town

STAGES = 4  # events, audiences, batches, deliveries


@dataclass(slots=True)
class Stage:
    """A HOST with a channel, and who is online."""

    town: Town
    clock: SteppingClock
    host: ProfileId
    channel: ChannelId
    mails: MemoryNotifier
    online: set[ProfileId] = field(default_factory=set)
    told: list[tuple[NotificationView, list[ProfileId]]] = field(default_factory=list)
    is_known: bool = True

    def fan(self, name: str, bell: Bell = Bell.ALL) -> ProfileId:
        person = self.town.person(name)
        self.follow(person, bell)
        return person

    def follow(self, person: ProfileId, bell: Bell = Bell.ALL) -> None:
        self.town.container.follow_profile()(actor=person, username="host", bell=bell)

    def go_live(self, title: str | None = None) -> None:
        start = self.town.container.start_stream()
        start(actor=self.host, channel_id=self.channel, title=title)

    def go_dark(self) -> None:
        self.town.container.end_stream()(actor=self.host, channel_id=self.channel)

    def work(self) -> None:
        """Do all that may be done, and what that leads to."""
        jobs = self.town.container.jobs()
        for _ in range(STAGES):
            for name in jobs:
                do(name, jobs)

    def inbox(self, person: ProfileId) -> list[str]:
        page = self.town.container.inbox_reads().page(person, before=None, limit=100)
        return [view.kind.value for view in page]

    def mailed(self) -> list[str]:
        return sorted(delivery.recipient.username for delivery in self.mails.sent)

    def where(self, people: Collection[ProfileId]) -> set[ProfileId]:
        if not self.is_known:
            raise Unavailable("presence_unknown", "a test")
        return self.online & {*people}

    def tell(self, view: NotificationView, people: Collection[ProfileId]) -> None:
        self.told.append((view, sorted(people)))


@pytest.fixture
def stage(memory_container: Container) -> Stage:
    clock = SteppingClock(now())
    memory_container.now.override(clock)
    mails = MemoryNotifier("email")
    memory_container.notifiers.override({"email": mails})
    town = Town(memory_container, clock)
    host = town.person("host")
    stage = Stage(town, clock, host, town.channel("lounge", host)[0], mails)
    decide = memory_container.decide_ways()
    memory_container.decide_ways.override(
        type(decide)(decide.begin, stage.where, stage.tell, decide.hint, ["email"])
    )
    return stage


def test_a_stream_is_told_to_who_wants_to_know(stage: Stage) -> None:
    here, away, quiet = stage.fan("here"), stage.fan("away"), stage.fan("quiet", Bell.NONE)
    stranger = stage.town.person("stranger")
    prove(stage.town, away, "away@example.org")
    stage.online = {here}
    stage.work()
    stage.go_live()
    stage.work()
    assert [stage.inbox(one) for one in (here, away, quiet, stranger)] == [
        ["stream_started"],
        ["stream_started"],
        [],
        [],
    ]
    assert stage.mailed() == ["away"]
    ((view, people),) = [told for told in stage.told if told[0].kind == "stream_started"]
    assert people == [here]
    assert view.data["channel"] == "lounge"
    assert (view.data["host"], view.data["hostName"]) == ("host", "Host")
    assert view.data["title"] == "About lounge"


def test_an_audience_larger_than_a_chunk_gets_it_once_each(stage: Stage) -> None:
    fans = [stage.fan(f"fan-{number}") for number in range(7)]
    fan_out = stage.town.container.fan_out()
    stage.town.container.fan_out.override(
        type(fan_out)(fan_out.begin, fan_out.hint, fan_out.new_id, most=3, batches=1)
    )
    stage.go_live()
    for _ in range(3):
        stage.work()
    assert [stage.inbox(fan) for fan in fans] == [["stream_started"]] * 7


def test_ten_stop_starts_in_ten_minutes_announce_once(stage: Stage) -> None:
    fan = stage.fan("fan")
    prove(stage.town, fan, "fan@example.org")
    for _ in range(10):
        stage.go_live()
        stage.work()
        stage.clock.pass_(seconds=30)
        stage.go_dark()
        stage.work()
        stage.clock.pass_(seconds=30)
    assert stage.inbox(fan) == ["stream_started"]
    assert stage.mailed() == ["fan"]


def test_a_host_is_told_once_that_a_webhook_was_disabled_and_by_mail_in_any_case(
    stage: Stage,
) -> None:
    prove(stage.town, stage.host, "host@example.org")
    stage.online = {stage.host}
    endpoint = EndpointId(new_id())
    event = EndpointDisabled(
        new_id(), endpoint, stage.channel, stage.clock(), "https://hooks.example/in", "it said no"
    )
    for _ in range(2):
        with stage.town.container.begin_channels()() as work:
            work.publish(event)
        stage.work()
    assert stage.inbox(stage.host) == ["webhook_disabled"]
    assert stage.mailed() == ["host"]
    ((view, people),) = stage.told
    assert people == [stage.host]
    assert view.data == {
        "channel": "lounge",
        "endpointId": str(endpoint),
        "url": "https://hooks.example/in",
        "reason": "it said no",
    }


def test_nobody_is_told_of_a_webhook_whose_channel_is_gone(stage: Stage) -> None:
    gone = ChannelId(new_id())
    event = EndpointDisabled(
        new_id(),
        EndpointId(new_id()),
        gone,
        stage.clock(),
        "https://hooks.example/in",
        "it said no",
    )
    with stage.town.container.begin_channels()() as work:
        work.publish(event)
    stage.work()
    assert stage.inbox(stage.host) == []


def test_a_stream_that_ended_before_it_was_told_of_sends_nothing(stage: Stage) -> None:
    fan = stage.fan("fan")
    prove(stage.town, fan, "fan@example.org")
    stage.go_live()
    stage.go_dark()
    stage.work()
    assert stage.inbox(fan) == ["stream_started"]
    assert stage.mailed() == []


@pytest.mark.parametrize("is_done", [True, False])
def test_a_false_start_is_told_of_as_what_follows(stage: Stage, is_done: bool) -> None:
    fan = stage.fan("fan")
    prove(stage.town, fan, "fan@example.org")
    stage.go_live("Oops")
    stage.go_dark()
    if is_done:
        stage.work()
    stage.clock.pass_(seconds=1)
    stage.go_live("The real show")
    stage.work()
    (mail,) = stage.mails.sent
    live = stage.town.container.stream_reads().live(stage.channel)
    assert mail.data["title"] == "The real show"
    assert mail.data["streamId"] == str(live.id)
    assert stage.inbox(fan) == ["stream_started"]


def test_events_of_a_false_start_may_come_in_any_order(stage: Stage) -> None:
    fan = stage.fan("fan")
    prove(stage.town, fan, "fan@example.org")
    stage.work()
    stage.go_live("Oops")
    stage.go_dark()
    stage.go_live("The real show")
    begin, handle = stage.town.container.begin_notifications(), stage.town.container.handle_event()
    with begin() as work:
        events = [handle.read(work.outbox.take()) for _ in range(3)]
    for event in reversed(events):
        with begin() as work:
            handle.react(work, event)
    stage.work()
    assert [mail.data["title"] for mail in stage.mails.sent] == ["The real show"]


def test_what_goes_on_is_over_when_that_ends(stage: Stage) -> None:
    fan = stage.fan("fan")
    prove(stage.town, fan, "fan@example.org")
    for title in ("Oops", "Oops again"):
        stage.go_live(title)
        stage.go_dark()
        stage.work()
    assert stage.mailed() == []
    stage.go_live("The real show")
    jobs = stage.town.container.jobs()
    do("events", jobs)
    do("batches", jobs)
    stage.go_dark()
    stage.work()
    assert stage.mailed() == []
    stage.go_live("At last")
    stage.work()
    assert [mail.data["title"] for mail in stage.mails.sent] == ["At last"]


def test_a_thousand_follows_in_a_minute_are_one_entry(stage: Stage) -> None:
    stage.online = {stage.host}
    for number in range(1_000):
        stage.fan(f"fan-{number}")
        stage.clock.pass_(seconds=0.06)
        if number % 100 == 0:
            stage.work()
    stage.clock.pass_(seconds=6)
    stage.work()
    (view,) = stage.town.container.inbox_reads().page(stage.host, before=None, limit=9)
    assert view.data["count"] == 1_000
    assert view.data["followers"] == ["fan-999", "fan-998", "fan-997"]
    assert stage.mailed() == []
    assert len(stage.told) <= 1 + 60 / 5 + 1
    assert stage.told[-1][0].data["count"] == 1_000


def test_what_was_read_is_not_added_to(stage: Stage) -> None:
    stage.fan("first")
    stage.work()
    stage.town.container.read_notifications()(actor=stage.host, ids=None)
    stage.fan("second")
    stage.work()
    views = stage.town.container.inbox_reads().page(stage.host, before=None, limit=9)
    assert [view.data["followers"] for view in views] == [["second"], ["first"]]


def test_a_group_is_closed_after_a_day(stage: Stage) -> None:
    stage.fan("first")
    stage.work()
    stage.clock.pass_(hours=25)
    stage.fan("second")
    stage.work()
    assert stage.inbox(stage.host) == ["new_follower", "new_follower"]


def test_who_comes_and_goes_is_news_once(stage: Stage) -> None:
    fan = stage.fan("fan")
    for _ in range(5):
        stage.town.container.unfollow_profile()(actor=fan, username="host")
        stage.follow(fan)
    stage.work()
    (view,) = stage.town.container.inbox_reads().page(stage.host, before=None, limit=9)
    assert (view.data["count"], view.data["followers"]) == (1, ["fan"])


def test_somebody_who_left_is_not_told_of(stage: Stage) -> None:
    fan = stage.fan("fan")
    with stage.town.container.begin_identity()() as work:
        profile = work.profiles.lock(fan)
        profile.active = False
        work.profiles.save(profile)
    stage.work()
    assert stage.inbox(stage.host) == []


def test_while_nobody_can_know_who_is_online_it_waits_a_moment(stage: Stage) -> None:
    fan = stage.fan("fan")
    prove(stage.town, fan, "fan@example.org")
    stage.work()
    stage.is_known = False
    stage.go_live()
    for _ in range(4):
        stage.work()
        assert stage.mailed() == []
        stage.clock.pass_(seconds=9)
    stage.work()
    stage.work()
    assert stage.mailed() == ["fan"]


def test_who_becomes_known_in_time_is_told_here(stage: Stage) -> None:
    fan = stage.fan("fan")
    prove(stage.town, fan, "fan@example.org")
    stage.work()
    stage.is_known = False
    stage.go_live()
    stage.work()
    stage.is_known, stage.online = True, {fan}
    stage.clock.pass_(seconds=2)
    stage.work()
    assert stage.mailed() == []
    assert stage.told[-1][1] == [fan]
