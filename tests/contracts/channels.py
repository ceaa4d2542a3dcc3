"""What every store of channels promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stonks.adapters.clock import new_id
from stonks.application.channels.ports import ChannelMemberView, ChannelView, Person
from stonks.domain.channels.channel import Channel
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.ids import ChannelId, ProfileId, RoomId
from tests.contracts.town import START, Town


def channel_of(host: ProfileId, slug: str = "lounge") -> Channel:
    """One with a value in every field."""
    return Channel(
        id=ChannelId(new_id()),
        slug=slug,
        title="Zürich \\ \" ' %",
        description="First line\nsecond line",
        host_id=host,
        created_at=START,
        updated_at=START + timedelta(hours=1),
        suspended_at=START + timedelta(hours=2),
        suspension_reason="a reason",
    )


def keep(town: Town, channel: Channel) -> RoomId:
    room_id = RoomId(new_id())
    with town.container.begin_channels()() as work:
        work.channels.add(channel)
        work.rooms.open(channel, room_id)
    return room_id


def stored(town: Town, channel_id: ChannelId) -> Channel:
    with town.container.begin_channels()() as work:
        found: Channel = work.channels.lock(channel_id)
        return found


class ChannelsStoreContract:
    """Inherited with a fixture ``town``."""

    @pytest.fixture
    def host(self, town: Town) -> ProfileId:
        return town.person("host")

    def test_a_channel_comes_back_with_every_field(self, town: Town, host: ProfileId) -> None:
        channel = channel_of(host)
        room_id = keep(town, channel)
        assert stored(town, channel.id) == channel
        view = ChannelView(
            id=channel.id,
            slug="lounge",
            title=channel.title,
            description=channel.description,
            room_id=room_id,
            host="host",
            host_name="Host",
            suspended_at=channel.suspended_at,
            created_at=channel.created_at,
            updated_at=channel.updated_at,
        )
        assert town.container.channel_reads().by_slug("LOUNGE") == view
        assert town.container.channel_reads().by_slug("elsewhere") is None

    def test_a_change_is_kept_in_every_field(self, town: Town, host: ProfileId) -> None:
        channel = channel_of(host)
        keep(town, channel)
        channel.title, channel.description = "Another title", ""
        channel.suspended_at, channel.suspension_reason = None, ""
        channel.updated_at = START + timedelta(days=1)
        with town.container.begin_channels()() as work:
            work.channels.save(channel)
        assert stored(town, channel.id) == channel

    def test_a_slug_is_given_once(self, town: Town, host: ProfileId) -> None:
        keep(town, channel_of(host))
        with pytest.raises(Conflict) as refused:
            keep(town, channel_of(host))
        assert refused.value.code == "slug_taken"

    def test_an_unknown_channel_is_not_found(self, town: Town) -> None:
        with pytest.raises(NotFound) as refused:
            stored(town, ChannelId(new_id()))
        assert refused.value.code == "unknown_channel"

    def test_an_admin_is_set_and_unset_once(self, town: Town, host: ProfileId) -> None:
        channel, ann = channel_of(host), town.person("ann")
        keep(town, channel)
        with town.container.begin_channels()() as work:
            assert not work.admins.has(channel.id, ann)
            assert work.admins.add(channel.id, ann, START)
            assert not work.admins.add(channel.id, ann, START + timedelta(hours=1))
            assert work.admins.has(channel.id, ann)
        members = town.container.channel_reads().members(channel.id, after=None, limit=10)
        assert ChannelMemberView(ann, "ann", "Ann", "ADMIN", START) in members
        with town.container.begin_channels()() as work:
            assert work.admins.remove(channel.id, ann)
            assert not work.admins.remove(channel.id, ann)
            assert not work.admins.has(channel.id, ann)

    def test_a_removed_channel_leaves_nothing(self, town: Town, host: ProfileId) -> None:
        channel, ann = channel_of(host), town.person("ann")
        room_id = keep(town, channel)
        with town.container.begin_channels()() as work:
            work.admins.add(channel.id, ann, START)
            work.rooms.close(channel.id)
            work.channels.remove(channel.id)
        assert town.container.channel_reads().by_slug("lounge") is None
        assert town.container.chat_reads().room(room_id) is None
        with town.container.begin_channels()() as work:
            assert not work.admins.has(channel.id, ann)

    def test_what_raises_is_undone(self, town: Town, host: ProfileId) -> None:
        channel, ann = channel_of(host), town.person("ann")
        keep(town, channel)

        def change_and_fail() -> None:
            with town.container.begin_channels()() as work:
                work.admins.add(channel.id, ann, START)
                work.rooms.close(channel.id)
                work.channels.remove(channel.id)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            change_and_fail()
        assert stored(town, channel.id) == channel
        with town.container.begin_channels()() as work:
            assert not work.admins.has(channel.id, ann)

    def test_people_are_known_while_they_are_active(self, town: Town) -> None:
        eve = town.person("eve", is_staff=True)
        gone = town.person("gone", active=False)
        with town.container.begin_channels()() as work:
            assert work.people.get(eve) == Person(eve, "eve", is_staff=True)
            assert work.people.named("EVE") == Person(eve, "eve", is_staff=True)
            for name in ("gone", "nobody", "e%", "\0", "ève"):
                with pytest.raises(NotFound):
                    work.people.named(name)
            with pytest.raises(NotFound):
                work.people.get(gone)

    def test_a_channel_without_an_active_host_is_unknown(self, town: Town) -> None:
        keep(town, channel_of(town.person("gone", active=False)))
        reads = town.container.channel_reads()
        assert reads.by_slug("lounge") is None
        assert list(reads.page(q=None, before=None, limit=10)) == []

    def test_a_channel_without_an_active_host_cannot_be_changed(self, town: Town) -> None:
        gone, ann = town.person("gone", active=False), town.person("ann")
        channel = replace(channel_of(gone), suspended_at=None, suspension_reason="")
        keep(town, channel)
        with town.container.begin_channels()() as work:
            work.admins.add(channel.id, ann, START)
        with pytest.raises(NotFound) as refusal:
            town.container.change_channel()(actor=ann, channel_id=channel.id, title="Mine now")
        assert refusal.value.code == "unknown_channel"
        assert stored(town, channel.id) == channel

    def test_channels_are_listed_newest_first(self, town: Town, host: ProfileId) -> None:
        made = [channel_of(host, f"room-{number}") for number in range(4)]
        for channel in made:
            keep(town, channel)
        reads, ids = town.container.channel_reads(), [channel.id for channel in made]
        first = reads.page(q=None, before=None, limit=2)
        assert [view.id for view in first] == [ids[3], ids[2]]
        rest = reads.page(q=None, before=ids[2], limit=9)
        assert [view.id for view in rest] == [ids[1], ids[0]]

    def test_a_query_is_looked_for_as_it_stands(self, town: Town, host: ProfileId) -> None:
        for slug in ("alpha", "beta"):
            keep(town, channel_of(host, slug))
        reads = town.container.channel_reads()

        def found(q: str) -> list[str]:
            return [view.slug for view in reads.page(q=q, before=None, limit=9)]

        assert found("LPH") == ["alpha"]
        assert found("zürich") == ["beta", "alpha"]
        assert found("%") == ["beta", "alpha"]  # stands in both titles
        assert found("_") == []
        assert found("a%a") == []

    def test_members_come_in_pages(self, town: Town, host: ProfileId) -> None:
        channel = channel_of(host)
        keep(town, channel)
        admins = [town.person(f"admin{number}") for number in range(3)]
        gone = town.person("gone", active=False)
        with town.container.begin_channels()() as work:
            for admin in (*admins, gone):
                work.admins.add(channel.id, admin, START)
        reads = town.container.channel_reads()
        first = reads.members(channel.id, after=None, limit=2)
        rest = reads.members(channel.id, after=first[-1].profile_id, limit=9)
        listed = [*first, *rest]
        assert [view.profile_id for view in listed] == sorted([host, *admins])
        assert {view.profile_id: view.role for view in listed}[host] == "HOST"
