"""Who may start and end a stream, when it is announced, and what ends it by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import pytest

from stonks.adapters.clock import new_id
from stonks.application.channels.beat_stream import BeatStream
from stonks.application.channels.end_stream import EndStream
from stonks.application.channels.ports import HostsOnline, StreamView
from stonks.application.channels.reap_streams import AT_ONCE, ReapStreams
from stonks.application.channels.see_hosts import SeeHosts
from stonks.application.channels.start_stream import StartStream
from stonks.application.channels.suspend_channel import SuspendChannel
from stonks.domain.channels.stream import EndReason, Stream, start_stream
from stonks.domain.errors import Invalid, NotFound, Refusal, Unavailable
from stonks.domain.ids import ChannelId, ProfileId, RoomId, StreamId
from tests.contracts.channels import channel_of, keep
from tests.contracts.hosts_online import HostsHere
from tests.contracts.streams import stream_of
from tests.contracts.town import START, Town, code_of

GRACE, LOOK = timedelta(minutes=15), timedelta(seconds=30)


def nobody_knows(people: Collection[ProfileId]) -> Collection[ProfileId]:
    raise Unavailable("presence_unavailable", "try again in a moment")


@dataclass(frozen=True, slots=True)
class Studio:
    """A channel whose HOST, ADMIN and others try what they may; the clock is the test's."""

    town: Town
    people: dict[str, ProfileId]
    channel_id: ChannelId
    room_id: RoomId
    online: HostsHere

    def start(self, actor: str = "host", title: str | None = None) -> Stream | Refusal:
        box = self.town.container
        start = StartStream(box.begin_channels(), box.stream_pace(), self.town.clock, new_id)
        try:
            return start(actor=self.people[actor], channel_id=self.channel_id, title=title)
        except Refusal as refusal:
            return refusal

    def attempt(
        self, use_case: type[EndStream | BeatStream | SuspendChannel], actor: str = "host"
    ) -> object:
        call = use_case(self.town.container.begin_channels(), self.town.clock)
        try:
            return call(actor=self.people[actor], channel_id=self.channel_id)
        except Refusal as refusal:
            return refusal

    def reap(self, online: HostsOnline | None = None) -> bool:
        box, clock = self.town.container, self.town.clock
        online = online or self.online
        return ReapStreams(box.begin_channels(), box.stream_reads(), online, clock, GRACE)()

    def see(self, online: HostsOnline | None = None) -> bool:
        box, clock = self.town.container, self.town.clock
        online = online or self.online
        return SeeHosts(box.begin_channels(), box.stream_reads(), online, clock, LOOK)()

    def newest(self) -> StreamView:
        streams = self.town.container.list_streams()(channel_id=self.channel_id, limit=1)
        newest: StreamView = streams[0]
        return newest

    def told(self) -> list[tuple[str, str | None, object]]:
        """What the room's log says of streams: who did it, and its title or its reason."""
        views = self.town.container.chat_reads().after(self.room_id, 0, 100)
        entries = [view.entry for view in views]
        return [
            (it.kind.value, it.actor.username, it.data.get("title", it.data.get("reason")))
            for it in entries
        ]

    def published(self) -> list[tuple[str, object]]:
        """What other contexts learn: starts with whether they are announced, ends with why."""
        events = self.town.container.outbox_tables().events.items.where(lambda row: True)
        return [
            (event.kind, event.data.get("is_announced", event.data.get("reason")))
            for event in events
        ]


@pytest.fixture
def studio(town: Town) -> Studio:
    people = {name: town.person(name) for name in ("host", "admin", "member")}
    people["staff"] = town.person("staff", is_staff=True)
    channel_id, room_id = town.channel("lounge", people["host"])
    with town.container.begin_channels()() as work:
        work.admins.add(channel_id, people["admin"], START)
    return Studio(town, people, channel_id, room_id, HostsHere())


def test_the_host_alone_starts(studio: Studio) -> None:
    for actor in ("admin", "member", "staff"):
        assert code_of(studio.start(actor)) == "host_only"
    assert (studio.told(), studio.published()) == ([], [])
    stream = studio.start()
    assert isinstance(stream, Stream)
    assert (stream.is_live, stream.started_at, stream.seen_at) == (True, START, START)
    assert studio.told() == [("stream_started", "host", "About lounge")]
    assert studio.published() == [("stream_started", True)]


def test_host_and_superadmin_end(studio: Studio) -> None:
    studio.start()
    for actor in ("admin", "member"):
        assert code_of(studio.attempt(EndStream, actor)) == "not_allowed"
    for actor in ("host", "staff"):
        studio.start()
        studio.town.clock.pass_(minutes=1)
        assert studio.attempt(EndStream, actor) is None
        view = studio.newest()
        assert (view.ended_at, view.end_reason) == (studio.town.clock(), "ended")
    assert [who for kind, who, _ in studio.told() if kind == "stream_ended"] == ["host", "staff"]


def test_what_is_not_live_cannot_be_ended_or_kept_alive(studio: Studio) -> None:
    for use_case in (EndStream, BeatStream):
        assert code_of(studio.attempt(use_case)) == "not_live"
    studio.start()
    studio.attempt(EndStream)
    for use_case in (EndStream, BeatStream):
        assert code_of(studio.attempt(use_case)) == "not_live"
    with pytest.raises(NotFound) as refusal:
        studio.town.container.read_current_stream()(channel_id=studio.channel_id)
    assert refusal.value.code == "not_live"


def test_a_stream_is_over_once() -> None:
    stream, host = stream_of(ChannelId(new_id())), ProfileId(new_id())
    stream.end(EndReason.ENDED, by=host, at=START)
    with pytest.raises(NotFound):
        stream.end(EndReason.VANISHED, by=host, at=START)
    assert stream.end_reason is EndReason.ENDED


def test_a_channel_is_live_once(studio: Studio) -> None:
    studio.start()
    before = studio.told()
    assert code_of(studio.start()) == "already_live"
    assert studio.told() == before
    assert len(studio.published()) == 1


def test_a_title_is_the_streams_own_or_the_channels(studio: Studio) -> None:
    stream = studio.start(title="  Zu\u0308rich ")
    assert isinstance(stream, Stream)
    assert stream.title == "Zürich"
    studio.attempt(EndStream)
    assert isinstance(studio.start(), Stream)
    assert studio.newest().title == "About lounge"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("", "title_too_short"),
        ("x" * 141, "title_too_long"),
        ("two\nlines", "title_bad_characters"),
    ],
)
def test_a_bad_title_is_refused_and_nothing_starts(studio: Studio, title: str, code: str) -> None:
    refusal = studio.start(title=title)
    assert isinstance(refusal, Invalid)
    assert (refusal.code, [*refusal.errors]) == (code, ["title"])
    assert studio.told() == []


@pytest.mark.parametrize(
    ("minutes", "is_announced"), [(0, False), (9.99, False), (10, True), (60, True)]
)
def test_a_stream_that_comes_back_soon_is_not_announced_again(
    minutes: float, is_announced: bool
) -> None:
    channel = channel_of(ProfileId(new_id()))
    channel.suspended_at = None
    before = stream_of(channel.id)
    before.end(EndReason.ENDED, by=channel.host_id, at=START + timedelta(hours=5))
    at = START + timedelta(hours=5, minutes=minutes)
    new = StreamId(new_id())
    stream, event = start_stream(new, channel, before, title=None, by=channel.host_id, at=at)
    assert (stream.is_announced, event.is_announced) == (is_announced, is_announced)


def test_ten_stop_starts_in_ten_minutes_are_announced_once(studio: Studio) -> None:
    for _ in range(10):
        studio.start()
        studio.attempt(EndStream)
        studio.town.clock.pass_(minutes=1)
    announced = [told for kind, told in studio.published() if kind == "stream_started"]
    assert announced == [True] + [False] * 9


def test_a_suspension_ends_what_is_live_and_lets_nothing_start(studio: Studio) -> None:
    studio.start()
    assert studio.attempt(SuspendChannel, "staff") is True
    assert studio.newest().end_reason == "suspended"
    kinds = [kind for kind, _, _ in studio.told()]
    assert kinds == ["stream_started", "stream_ended", "channel_suspended"]  # still heard by all
    assert studio.published() == [("stream_started", True), ("stream_ended", "suspended")]
    assert code_of(studio.start()) == "channel_suspended"
    assert code_of(studio.attempt(EndStream)) == "not_live"
    assert studio.attempt(SuspendChannel, "staff") is False
    assert len(studio.told()) == 3


def test_a_stream_without_a_sign_of_life_is_ended(studio: Studio) -> None:
    studio.start()
    studio.town.clock.pass_(minutes=14, seconds=59)
    studio.reap()
    assert studio.newest().end_reason is None
    studio.town.clock.pass_(seconds=1)
    assert studio.reap() is False
    view = studio.newest()
    assert (view.end_reason, view.ended_at) == ("vanished", studio.town.clock())
    assert studio.told()[-1] == ("stream_ended", "host", "vanished")
    assert studio.published()[-1] == ("stream_ended", "vanished")
    studio.reap()
    assert len(studio.told()) == 2


def test_the_hosts_beats_keep_it_live(studio: Studio) -> None:
    studio.start()
    for actor in ("admin", "member", "staff"):
        assert code_of(studio.attempt(BeatStream, actor)) == "host_only"
    for _ in range(3):
        studio.town.clock.pass_(minutes=14)
        assert studio.attempt(BeatStream) is None
        studio.reap()
        assert studio.newest().end_reason is None


def test_an_open_socket_of_the_host_keeps_it_live(studio: Studio) -> None:
    studio.start()
    studio.online.here.add(studio.people["host"])
    studio.town.clock.pass_(hours=1)
    studio.reap()  # nobody had looked: a socket that is open now is enough
    studio.town.clock.pass_(minutes=14)
    studio.see()
    studio.online.here.clear()
    studio.town.clock.pass_(minutes=14)
    studio.reap()  # not a whole grace has passed since it was seen
    assert studio.newest().end_reason is None
    studio.town.clock.pass_(minutes=1)
    studio.reap()
    assert studio.newest().end_reason == "vanished"


def test_the_socket_of_somebody_else_does_not(studio: Studio) -> None:
    studio.start()
    studio.online.here.update({studio.people["admin"], studio.people["member"]})
    studio.town.clock.pass_(minutes=15)
    studio.see()
    studio.reap()
    assert studio.newest().end_reason == "vanished"


def test_nothing_is_ended_while_nobody_knows_who_is_online(studio: Studio) -> None:
    studio.start()
    studio.town.clock.pass_(hours=1)
    for look in (studio.reap, studio.see):
        with pytest.raises(Unavailable):
            look(nobody_knows)
    assert studio.newest().end_reason is None


def test_nobody_is_asked_where_nothing_is_quiet(studio: Studio) -> None:
    studio.start()
    assert studio.reap(nobody_knows) is False
    assert studio.see(nobody_knows) is False


def test_a_host_who_comes_back_meanwhile_stays_live(studio: Studio) -> None:
    studio.start()
    studio.town.clock.pass_(hours=1)

    def gone_for_a_moment(people: Collection[ProfileId]) -> Collection[ProfileId]:
        studio.attempt(BeatStream)
        return set()

    studio.reap(gone_for_a_moment)
    assert studio.newest().end_reason is None


def test_a_channel_that_is_deleted_meanwhile_is_passed_over(studio: Studio) -> None:
    studio.start()
    other = studio.town.channel("other", studio.people["host"])[0]
    stream = stream_of(other)
    with studio.town.container.begin_channels()() as work:
        work.streams.add(stream)
    studio.town.clock.pass_(hours=1)

    def deleting(people: Collection[ProfileId]) -> Collection[ProfileId]:
        delete = studio.town.container.delete_channel()
        delete(actor=studio.people["host"], channel_id=studio.channel_id)
        return set()

    assert studio.reap(deleting) is False
    (view,) = studio.town.container.list_streams()(channel_id=other, limit=9)
    assert view.end_reason == "vanished"


def test_the_stream_of_an_inactive_host_waits_until_they_are_back(studio: Studio) -> None:
    studio.start()
    _set_active(studio, is_active=False)
    studio.town.clock.pass_(hours=1)
    studio.reap()
    assert studio.newest().end_reason is None
    _set_active(studio, is_active=True)
    studio.reap()
    assert studio.newest().end_reason == "vanished"


def test_more_than_fit_at_once_are_ended_in_turns(studio: Studio) -> None:
    for number in range(AT_ONCE + 1):
        channel = channel_of(studio.people["host"], f"room-{number}")
        keep(studio.town, channel)
        with studio.town.container.begin_channels()() as work:
            work.streams.add(stream_of(channel.id))
    studio.town.clock.pass_(hours=1)
    assert [studio.reap(), studio.reap()] == [True, False]
    assert studio.town.container.stream_reads().quiet(since=studio.town.clock(), limit=9) == []


def _set_active(studio: Studio, *, is_active: bool) -> None:
    with studio.town.container.begin_identity()() as work:
        profile = work.profiles.lock(studio.people["host"])
        profile.active = is_active
        work.profiles.save(profile)
