"""What every store of streams promises, and what holds when many come at once."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from stonks.adapters.clock import new_id
from stonks.application.channels.ports import LiveView, QuietStream, StreamReads, StreamView
from stonks.application.channels.reap_streams import ReapStreams
from stonks.application.channels.see_hosts import SeeHosts
from stonks.application.channels.start_stream import StartStream
from stonks.domain.channels.events import StreamStarted
from stonks.domain.channels.stream import EndReason, Stream
from stonks.domain.errors import Conflict
from stonks.domain.ids import ChannelId, ProfileId, RoomId, StreamId
from tests.contracts.channels import channel_of
from tests.contracts.channels import keep as keep_channel
from tests.contracts.hosts_online import HostsHere
from tests.contracts.identity_races import at_once
from tests.contracts.town import START, Town

MANY = 8
HOUR = timedelta(hours=1)
Published = Callable[[ChannelId], Sequence[tuple[str, Mapping[str, object]]]]


def together(call: Callable[[], object]) -> Counter[object]:
    """What ``MANY`` calls answer, or how they are refused."""
    answers = at_once(*[call] * MANY)
    return Counter(type(it) if isinstance(it, Stream) else it for it in answers)


def stream_of(channel_id: ChannelId, *, started: timedelta = timedelta(0)) -> Stream:
    """One that is live, with a value in every other field."""
    at = START + started
    seen_at = at + timedelta(minutes=1)
    title = "Zürich \\ \" ' %"
    return Stream(StreamId(new_id()), channel_id, title, at, seen_at, is_announced=True)


def ended(stream: Stream) -> Stream:
    """The same, over; it is kept with a value in every field."""
    stream.ended_at, stream.end_reason = stream.started_at + HOUR, EndReason.VANISHED
    stream.is_announced = False
    return stream


def keep(town: Town, *streams: Stream) -> None:
    with town.container.begin_channels()() as work:
        for stream in streams:
            work.streams.add(stream)


def last(town: Town, channel_id: ChannelId) -> Stream | None:
    with town.container.begin_channels()() as work:
        found: Stream | None = work.streams.last(channel_id)
        return found


@dataclass(frozen=True, slots=True)
class Lounge:
    """A channel in a town, with what happens to its streams."""

    town: Town
    host: ProfileId
    id: ChannelId
    room_id: RoomId

    def start(self) -> Stream:
        box = self.town.container
        start = StartStream(box.begin_channels(), box.stream_pace(), self.town.clock, new_id)
        return start(actor=self.host, channel_id=self.id)

    def told(self) -> list[str]:
        views = self.town.container.chat_reads().after(self.room_id, 0, 100)
        return [view.entry.kind.value for view in views]


class StreamsStoreContract:
    """Inherited with a fixture ``town``, and ``published`` that tells what is in the outbox."""

    @pytest.fixture
    def lounge(self, town: Town) -> Lounge:
        host = town.person("host")
        return Lounge(town, host, *town.channel("lounge", host))

    @pytest.fixture
    def reads(self, town: Town) -> StreamReads:
        reads: StreamReads = town.container.stream_reads()
        return reads

    def test_a_stream_comes_back_with_every_field(
        self, town: Town, lounge: Lounge, reads: StreamReads
    ) -> None:
        assert last(town, lounge.id) is None
        stream = ended(stream_of(lounge.id))
        keep(town, stream)
        assert last(town, lounge.id) == stream
        view = StreamView(
            id=stream.id,
            title=stream.title,
            started_at=stream.started_at,
            ended_at=stream.ended_at,
            end_reason="vanished",
        )
        assert reads.page(lounge.id, before=None, limit=10) == [view]
        assert reads.live(lounge.id) is None

    def test_a_change_is_kept_in_every_field(self, town: Town, lounge: Lounge) -> None:
        stream = stream_of(lounge.id)
        keep(town, stream)
        assert last(town, lounge.id) == stream
        stream.title, stream.seen_at = "Another", START + HOUR
        with town.container.begin_channels()() as work:
            work.streams.save(ended(stream))
        assert last(town, lounge.id) == stream

    def test_a_channel_has_one_live_stream(
        self, town: Town, lounge: Lounge, reads: StreamReads
    ) -> None:
        over, live = ended(stream_of(lounge.id)), stream_of(lounge.id)
        keep(town, over, live)
        with pytest.raises(Conflict) as refused:
            keep(town, stream_of(lounge.id))
        assert refused.value.code == "already_live"
        assert last(town, lounge.id) == live
        current = reads.live(lounge.id)
        assert current is not None
        assert current.id == live.id
        elsewhere, _ = town.channel("elsewhere", lounge.host)
        keep(town, stream_of(elsewhere))

    def test_streams_are_listed_newest_first(
        self, town: Town, lounge: Lounge, reads: StreamReads
    ) -> None:
        made = [ended(stream_of(lounge.id, started=number * HOUR)) for number in range(4)]
        elsewhere, _ = town.channel("elsewhere", lounge.host)
        keep(town, *made, stream_of(elsewhere))
        ids = [stream.id for stream in made]
        first = reads.page(lounge.id, before=None, limit=2)
        assert [view.id for view in first] == [ids[3], ids[2]]
        rest = reads.page(lounge.id, before=ids[2], limit=9)
        assert [view.id for view in rest] == [ids[1], ids[0]]

    def test_a_sign_of_life_is_kept_and_never_taken_back(self, town: Town, lounge: Lounge) -> None:
        stream = stream_of(lounge.id)
        over = ended(stream_of(town.channel("elsewhere", lounge.host)[0]))
        keep(town, stream, over)
        for minutes in (5, 3):
            with town.container.begin_channels()() as work:
                work.streams.see([stream.id, over.id], START + timedelta(minutes=minutes))
                work.streams.see([], START + HOUR)
        found = last(town, lounge.id)
        assert found is not None
        assert found.seen_at == START + timedelta(minutes=5)
        assert last(town, over.channel_id) == over

    def test_live_streams_that_are_quiet_are_found_in_pages(
        self, town: Town, lounge: Lounge, reads: StreamReads
    ) -> None:
        places = [lounge.id, *(town.channel(f"room-{n}", lounge.host)[0] for n in range(3))]
        streams = [stream_of(place, started=n * HOUR) for n, place in enumerate(places)]
        empty = channel_of(town.person("gone", active=False), "empty")
        keep_channel(town, empty)
        over = ended(stream_of(lounge.id))
        keep(town, over, *streams, stream_of(empty.id))
        since = streams[2].seen_at
        first = reads.quiet(since=since, limit=2)
        rest = reads.quiet(since=since, after=first[-1].id, limit=9)
        assert [*first, *rest] == [
            QuietStream(stream.id, stream.channel_id, lounge.host) for stream in streams[:3]
        ]

    def test_a_channel_shows_that_it_is_live(self, town: Town, lounge: Lounge) -> None:
        quiet, _ = town.channel("quiet", lounge.host)
        stream = stream_of(lounge.id)
        keep(town, ended(stream_of(lounge.id)), stream, ended(stream_of(quiet)))
        reads = town.container.channel_reads()
        assert reads.by_slug("lounge").live == LiveView(stream.id, stream.title, START)
        assert reads.by_slug("quiet").live is None

        def slugs(*, is_live: bool | None) -> list[str]:
            found = reads.page(q=None, is_live=is_live, before=None, limit=9)
            return [view.slug for view in found]

        assert slugs(is_live=None) == ["quiet", "lounge"]
        assert slugs(is_live=True) == ["lounge"]
        assert slugs(is_live=False) == ["quiet"]

    def test_a_channel_that_is_live_leaves_nothing_when_it_is_deleted(
        self, town: Town, lounge: Lounge, reads: StreamReads
    ) -> None:
        keep(town, ended(stream_of(lounge.id)), stream_of(lounge.id))
        town.container.delete_channel()(actor=lounge.host, channel_id=lounge.id)
        assert reads.page(lounge.id, before=None, limit=9) == []
        assert reads.quiet(since=START + 9 * HOUR, limit=9) == []

    def test_what_raises_is_undone(
        self, town: Town, lounge: Lounge, reads: StreamReads, published: Published
    ) -> None:
        def start_and_fail() -> None:
            with town.container.begin_channels()() as work:
                stream = stream_of(lounge.id)
                work.streams.add(stream)
                work.publish(
                    StreamStarted(lounge.id, lounge.host, START, stream.id, "A title", True)
                )
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            start_and_fail()
        assert reads.live(lounge.id) is None
        assert published(lounge.id) == []

    def test_a_start_is_in_the_log_and_in_the_outbox(
        self, lounge: Lounge, reads: StreamReads, published: Published
    ) -> None:
        stream = lounge.start()
        current = reads.live(lounge.id)
        assert current is not None
        assert current.id == stream.id
        (view,) = lounge.town.container.chat_reads().after(lounge.room_id, 0, 10)
        assert view.entry.kind.value == "stream_started"
        assert view.entry.data == {"streamId": str(stream.id), "title": "About lounge"}
        ((kind, data),) = published(lounge.id)
        assert (kind, data["stream_id"], data["title"]) == (
            "stream_started",
            str(stream.id),
            "About lounge",
        )
        assert data["is_announced"] is True

    def test_of_many_who_start_at_once_one_does(
        self, lounge: Lounge, reads: StreamReads, published: Published
    ) -> None:
        assert together(lounge.start) == {Stream: 1, "already_live": MANY - 1}
        assert len(reads.page(lounge.id, before=None, limit=MANY)) == 1
        assert lounge.told() == ["stream_started"]
        assert len(published(lounge.id)) == 1

    def test_of_many_streams_added_at_once_without_a_lock_one_is(
        self, town: Town, lounge: Lounge, reads: StreamReads
    ) -> None:
        answers = together(lambda: keep(town, stream_of(lounge.id)))
        assert answers == {None: 1, "already_live": MANY - 1}
        assert len(reads.page(lounge.id, before=None, limit=MANY)) == 1

    def test_of_many_who_look_for_vanished_hosts_at_once_one_ends_each_stream(
        self, town: Town, lounge: Lounge, reads: StreamReads, published: Published
    ) -> None:
        lounge.start()
        town.clock.pass_(hours=1)
        reap = ReapStreams(
            town.container.begin_channels(), reads, HostsHere(), town.clock, HOUR / 4
        )
        assert together(reap) == {False: MANY}
        (view,) = reads.page(lounge.id, before=None, limit=9)
        assert (view.end_reason, view.ended_at) == ("vanished", town.clock())
        assert lounge.told() == ["stream_started", "stream_ended"]
        assert [kind for kind, _ in published(lounge.id)] == ["stream_started", "stream_ended"]

    def test_many_who_see_hosts_at_once_do_not_stand_in_each_others_way(
        self, town: Town, lounge: Lounge, reads: StreamReads
    ) -> None:
        places = [lounge.id, *(town.channel(f"room-{n}", lounge.host)[0] for n in range(20))]
        keep(town, *map(stream_of, places))
        town.clock.pass_(hours=1)
        online = HostsHere({lounge.host})
        begin = town.container.begin_channels()
        see = SeeHosts(begin, reads, online, town.clock, timedelta(seconds=30))
        assert together(see) == {False: MANY}
        assert reads.quiet(since=town.clock() - timedelta(seconds=1), limit=99) == []
