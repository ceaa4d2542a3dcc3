"""What every store of endpoints and of attempts promises."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from stonks.adapters.clock import first_id, new_id, now
from stonks.application.webhooks.forget_attempts import ForgetAttempts
from stonks.application.webhooks.ports import HostedChannel
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.ids import AttemptId, ChannelId, EndpointId, ProfileId
from stonks.domain.social.events import Followed
from stonks.domain.webhooks.attempt import KEPT, Attempt, Outcome, Reason
from stonks.domain.webhooks.endpoint import Endpoint, Status
from stonks.domain.webhooks.event_type import EventType
from tests.contracts.identity_races import at_once
from tests.contracts.town import Town
from tests.contracts.webhook_stores import (
    AT,
    MINUTE,
    QUIET,
    a_channel,
    a_full,
    an_endpoint,
    end,
    is_attended,
    keep,
    kept,
    lock,
    locked,
    read,
    set_active,
    stored,
    taken,
    view,
    webhooks,
    write,
)

LISTENING = (EventType.MEMBER_LEFT,)


def an_attempt(endpoint_id: EndpointId, id_: AttemptId | None = None) -> Attempt:
    """One with a value of its own in every field."""
    return Attempt(
        id=id_ or AttemptId(new_id()),
        endpoint_id=endpoint_id,
        event_id="0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c05.17",
        event_type="chat.message_posted",
        seq=17,
        at=AT,
        duration=timedelta(seconds=1, milliseconds=234),
        outcome=Outcome.FAILED,
        status=503,
        reason=Reason.STATUS,
        detail="it answered 503 \\ \" ' %",
    )


def made_at(age: timedelta) -> AttemptId:
    return AttemptId(first_id(now() - age))


def code_of(town: Town, channel_id: ChannelId, endpoint_id: EndpointId) -> list[str]:
    """How changing and reading it are refused."""
    with pytest.raises(NotFound) as changing, webhooks(town) as work:
        work.endpoints.lock(channel_id, endpoint_id)
    with pytest.raises(NotFound) as reading:
        town.container.endpoint_reads().one(channel_id, endpoint_id)
    return [changing.value.code, reading.value.code]


class EndpointsContract:
    """``EndpointRepository``, ``HostedChannels``, ``EndpointReads``, ``Attempts``. Subclasses give
    ``town``.
    """

    @pytest.fixture
    def channel(self, town: Town) -> HostedChannel:
        return a_channel(town)

    def test_every_field_of_an_endpoint_comes_back(
        self, town: Town, channel: HostedChannel
    ) -> None:
        full, plain = a_full(channel), an_endpoint(channel, event_types=())
        assert not [one.name for one in fields(full) if getattr(full, one.name) in (None, "", 0)]
        keep(town, full, plain)
        assert stored(town, full) == full
        assert stored(town, plain) == plain
        with webhooks(town) as work:
            assert lock(work, full) == full
            assert work.endpoints.of(channel.id) == [full, plain]

    def test_every_field_is_saved(self, town: Town, channel: HostedChannel) -> None:
        full, plain = a_full(channel), an_endpoint(channel)
        keep(town, full, plain)
        changed = replace(full, id=plain.id)
        emptied = replace(plain, id=full.id, event_types=())
        with webhooks(town) as work:
            work.endpoints.save(changed)
            work.endpoints.save(emptied)
        assert stored(town, plain) == changed
        assert stored(town, full) == emptied

    def test_what_raises_changes_nothing(self, town: Town, channel: HostedChannel) -> None:
        before = kept(town, channel)
        with pytest.raises(Conflict), webhooks(town) as work:  # noqa: PT012
            work.endpoints.add(an_endpoint(channel, event_types=LISTENING))
            work.endpoints.save(replace(before, url="https://elsewhere.example"))
            work.attempts.add([an_attempt(before.id)])
            raise Conflict("a_test", "goes wrong")
        with webhooks(town) as work:
            assert work.endpoints.of(channel.id) == [before]
        assert not is_attended(town, channel)
        reads = town.container.endpoint_reads()
        assert reads.attempts(before.id, before=None, limit=9) == []

    def test_what_comes_out_is_a_copy(self, town: Town, channel: HostedChannel) -> None:
        endpoint = kept(town, channel)
        endpoint.url = "https://changed.example"
        with webhooks(town) as work:
            lock(work, endpoint).url = "https://changed.example"
        stored(town, endpoint).url = "https://changed.example"
        assert stored(town, endpoint).url == "https://receiver.example/hook"

    def test_another_channels_endpoint_is_unknown(self, town: Town, channel: HostedChannel) -> None:
        endpoint, other = kept(town, channel), a_channel(town, "other")
        assert code_of(town, channel.id, EndpointId(new_id())) == ["unknown_endpoint"] * 2
        assert code_of(town, other.id, endpoint.id) == ["unknown_endpoint"] * 2
        with webhooks(town) as work:
            assert work.endpoints.of(other.id) == []

    def test_an_endpoint_that_is_removed_is_unknown_and_its_attempts_stay(
        self, town: Town, channel: HostedChannel
    ) -> None:
        gone, stays = kept(town, channel), kept(town, channel)
        attempt = an_attempt(gone.id)
        with webhooks(town) as work:
            work.attempts.add([attempt])
            work.endpoints.remove(lock(work, gone))
        assert code_of(town, channel.id, gone.id) == ["unknown_endpoint"] * 2
        assert stored(town, stays) == stays
        reads = town.container.endpoint_reads()
        assert reads.attempts(gone.id, before=None, limit=9) == [attempt]

    def test_two_who_change_an_endpoint_do_it_one_after_another(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint = kept(town, channel)

        def count() -> None:
            with webhooks(town) as work:
                found = lock(work, endpoint)
                found.failures += 1
                work.endpoints.save(found)

        at_once(*[count] * 8)
        assert stored(town, endpoint).failures == 8

    def test_secrets_are_met_by_id_a_few_at_a_time(
        self, town: Town, channel: HostedChannel
    ) -> None:
        other = a_channel(town, "other")
        all_ = [kept(town, which) for which in (channel, other, channel)]
        with webhooks(town) as work:
            assert work.endpoints.sealed(None, 2) == all_[:2]
            assert work.endpoints.sealed(all_[1].id, 2) == all_[2:]
            assert work.endpoints.sealed(all_[2].id, 2) == []

    def test_who_comes_and_goes_is_looked_at_as_long_as_one_wants_it(
        self, town: Town, channel: HostedChannel
    ) -> None:
        other = a_channel(town, "other")
        listening, everything = (
            kept(town, channel, event_types=types, status=Status.PENDING)
            for types in (LISTENING, ())
        )
        kept(town, channel, event_types=QUIET)
        assert not is_attended(town, channel)

        def save(endpoint: Endpoint, **changes: object) -> bool:
            with webhooks(town) as work:
                work.endpoints.save(replace(lock(work, endpoint), **changes))
            return is_attended(town, channel)

        assert save(listening, status=Status.ACTIVE)
        assert save(everything, status=Status.ACTIVE)
        assert save(listening, event_types=QUIET)
        assert save(everything, url="https://elsewhere.example")
        assert not save(everything, status=Status.DISABLED)
        assert save(listening, event_types=(EventType.MEMBERS_COUNTED,))
        assert not is_attended(town, other)
        with webhooks(town) as work:
            work.endpoints.remove(lock(work, listening))
        assert not is_attended(town, channel)
        kept(town, channel, event_types=())
        assert is_attended(town, channel)

    def test_who_starts_to_want_it_and_who_ends_do_not_miss_each_other(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoints = [kept(town, channel, event_types=LISTENING) for _ in range(4)]

        def save(endpoint: Endpoint, status: Status) -> None:
            with webhooks(town) as work:
                work.endpoints.save(replace(lock(work, endpoint), status=status))

        for turn in range(12):
            is_wanted = turn % 2
            wishes = [Status.DISABLED] * 3 + [Status.ACTIVE if is_wanted else Status.DISABLED]
            wishes = wishes[turn % 4 :] + wishes[: turn % 4]
            calls = [
                (lambda endpoint=endpoint, wish=wish: save(endpoint, wish))
                for endpoint, wish in zip(endpoints, wishes, strict=True)
            ]
            assert at_once(*calls) == [None] * 4
            assert is_attended(town, channel) == bool(is_wanted)

    def test_whoever_gives_up_the_last_that_wants_it_ends_it(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint = kept(town, channel, event_types=(), due_at=AT)
        assert is_attended(town, channel)
        turn = taken(town)
        with webhooks(town) as work:
            held = work.turns.hold(turn)
            assert held is not None
            work.endpoints.save(replace(held, status=Status.DISABLED, turn=None, due_at=None))
        assert not is_attended(town, channel)
        assert not end(town, turn, 1)
        assert stored(town, endpoint).status is Status.DISABLED

    def test_a_channel_that_is_deleted_takes_its_endpoints_along(
        self, town: Town, channel: HostedChannel
    ) -> None:
        other = a_channel(town, "other")
        gone = kept(town, channel, event_types=(), due_at=AT)
        stays = kept(town, other, event_types=())
        turn = taken(town)
        town.container.delete_channel()(actor=channel.host_id, channel_id=channel.id)
        assert code_of(town, channel.id, gone.id) == ["unknown_endpoint"] * 2
        assert not is_attended(town, channel)
        assert not end(town, turn, 1)
        assert stored(town, stays) == stays
        assert is_attended(town, other)

    def test_deleting_a_channel_and_giving_up_its_endpoint_do_not_wait_for_each_other(
        self, town: Town
    ) -> None:
        for number in range(6):
            channel = a_channel(town, f"host{number}")
            kept(town, channel, event_types=(), due_at=AT)
            turn = taken(town)

            def give_up(turn=turn) -> None:  # type: ignore[no-untyped-def]
                with webhooks(town) as work:
                    held = work.turns.hold(turn)
                    if held is not None:
                        work.endpoints.save(replace(held, status=Status.DISABLED, turn=None))

            def delete(channel: HostedChannel = channel) -> None:
                town.container.delete_channel()(actor=channel.host_id, channel_id=channel.id)

            assert at_once(give_up, delete) == [None, None]
            assert not is_attended(town, channel)

    def test_a_channel_is_known_in_every_field(self, town: Town) -> None:
        host = town.person("mara")
        channel_id, room_id = town.channel("harbour", host)
        plain = HostedChannel(channel_id, "harbour", host, room_id, 0)
        assert (locked(town, channel_id), read(town, channel_id)) == (plain, plain)
        staff = town.person("staff", is_staff=True)
        write(town, locked(town, channel_id), 3)
        town.container.suspend_channel()(actor=staff, channel_id=channel_id, reason="a test")
        expected = HostedChannel(channel_id, "harbour", host, room_id, 4, is_suspended=True)
        assert (locked(town, channel_id), read(town, channel_id)) == (expected, expected)

    def test_a_channel_without_an_active_host_is_unknown(
        self, town: Town, channel: HostedChannel
    ) -> None:
        set_active(town, channel.host_id, is_active=False)
        for channel_id in (ChannelId(new_id()), channel.id):
            for look in (locked, read):
                with pytest.raises(NotFound) as refused:
                    look(town, channel_id)
                assert refused.value.code == "unknown_channel"
        set_active(town, channel.host_id, is_active=True)
        assert locked(town, channel.id) == channel

    def test_a_channel_is_looked_at_without_being_held(
        self, town: Town, channel: HostedChannel
    ) -> None:
        write(town, channel, 2)
        with webhooks(town) as work:
            assert work.channels.get(channel.id) == replace(channel, last_seq=2)
            assert locked(town, channel.id) == replace(channel, last_seq=2)
        set_active(town, channel.host_id, is_active=False)
        with pytest.raises(NotFound) as refused, webhooks(town) as work:
            work.channels.get(channel.id)
        assert refused.value.code == "unknown_channel"

    def test_rooms_are_known_that_an_active_endpoint_reads(
        self, town: Town, channel: HostedChannel
    ) -> None:
        rooms, other = town.container.endpoint_reads().rooms, a_channel(town, "other")
        assert {*rooms()} == set()
        endpoint, _ = kept(town, channel), kept(town, channel)
        kept(town, other, status=Status.PENDING)
        kept(town, other, status=Status.DISABLED)
        assert {*rooms()} == {channel.room_id}
        kept(town, other)
        assert {*rooms()} == {channel.room_id, other.room_id}
        with webhooks(town) as work:
            work.endpoints.remove(lock(work, endpoint))
        assert {*rooms()} == {channel.room_id, other.room_id}

    def test_of_two_who_add_endpoints_one_waits(self, town: Town, channel: HostedChannel) -> None:
        def add() -> bool:
            with webhooks(town) as work:
                found = work.channels.lock(channel.id)
                has_room = len(work.endpoints.of(found.id)) < 3
                if has_room:
                    work.endpoints.add(an_endpoint(found))
                return has_room

        assert sum(map(bool, at_once(*[add] * 8))) == 3
        with webhooks(town) as work:
            assert len(work.endpoints.of(channel.id)) == 3

    def test_a_host_sees_the_oldest_first_page_by_page(
        self, town: Town, channel: HostedChannel
    ) -> None:
        all_ = [kept(town, channel, position=position) for position in (0, 2, 5)]
        kept(town, a_channel(town, "other"))
        write(town, channel, 2)
        reads = town.container.endpoint_reads()
        first = reads.page(channel.id, after=None, limit=2)
        assert [one.endpoint for one in first] == all_[:2]
        assert [one.behind for one in first] == [2, 0]
        (last,) = reads.page(channel.id, after=all_[1].id, limit=2)
        assert (last.endpoint, last.behind) == (all_[2], 0)
        assert view(town, all_[0]) == first[0]

    def test_every_field_of_an_attempt_comes_back(self, town: Town, channel: HostedChannel) -> None:
        endpoint, reads = kept(town, channel), town.container.endpoint_reads()
        full = an_attempt(endpoint.id)
        plain = replace(
            an_attempt(endpoint.id),
            seq=None,
            status=None,
            reason=None,
            detail="",
            outcome=Outcome.DELIVERED,
            duration=timedelta(0),
        )
        with webhooks(town) as work:
            work.attempts.add([])
            work.attempts.add([full, plain])
        assert reads.attempts(endpoint.id, before=None, limit=9) == [plain, full]

    def test_attempts_are_read_newest_first_by_outcome_and_page(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint, reads = kept(town, channel), town.container.endpoint_reads()
        outcomes = [Outcome.DELIVERED, Outcome.UNKNOWN, Outcome.DELIVERED]
        all_ = [replace(an_attempt(endpoint.id), outcome=outcome) for outcome in outcomes]
        with webhooks(town) as work:
            work.attempts.add([*all_, an_attempt(kept(town, channel).id)][::-1])
        first = reads.attempts(endpoint.id, before=None, limit=2)
        assert first == [all_[2], all_[1]]
        assert reads.attempts(endpoint.id, before=all_[1].id, limit=2) == [all_[0]]
        delivered = Outcome.DELIVERED
        found = reads.attempts(endpoint.id, outcome=delivered, before=None, limit=9)
        assert found == [all_[2], all_[0]]
        found = reads.attempts(endpoint.id, outcome=delivered, before=all_[2].id, limit=9)
        assert found == [all_[0]]

    def test_what_was_sent_thirty_days_ago_is_forgotten_a_few_at_a_time(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint, gone = kept(town, channel), EndpointId(new_id())
        old = [an_attempt(which, made_at(KEPT + MINUTE)) for which in (endpoint.id, gone)]
        young = an_attempt(endpoint.id, made_at(KEPT - MINUTE))
        with webhooks(town) as work:
            work.attempts.add([*old, young])
        forget = ForgetAttempts(town.container.begin_webhooks(), now, most=1)
        assert [forget(), forget(), forget()] == [True, True, False]
        reads = town.container.endpoint_reads()
        assert reads.attempts(endpoint.id, before=None, limit=9) == [young]
        assert reads.attempts(gone, before=None, limit=9) == []

    def test_what_is_published_is_handed_on(self, town: Town) -> None:
        event = Followed(ProfileId(new_id()), ProfileId(new_id()), now())
        with webhooks(town) as work:
            work.publish(event)
        with town.container.begin_notifications()() as work:
            envelope = work.outbox.take()
        assert envelope is not None
        assert envelope.kind == "followed"

    def test_events_are_read_from_the_log_in_the_same_unit_of_work(
        self, town: Town, channel: HostedChannel
    ) -> None:
        write(town, channel, 3)
        with webhooks(town) as work:
            run = work.events.after(channel.room_id, 1, QUIET, 9)
        assert [event.seq for event in run.events] == [2, 3]
        assert run.position == 3
