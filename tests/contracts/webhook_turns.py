"""What every store of turns promises, and what holds when many come at once."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event as Signal

import pytest

from stonks.adapters.clock import new_id, now
from stonks.application.webhooks.ports import HostedChannel, Turn
from stonks.domain.errors import Conflict
from stonks.domain.ids import RoomId
from stonks.domain.webhooks.endpoint import DisabledBecause, Endpoint, Lane, Status
from stonks.domain.webhooks.event_type import EventType
from tests.contracts.identity_races import at_once
from tests.contracts.town import Town
from tests.contracts.webhook_stores import (
    AT,
    MINUTE,
    OVER,
    QUIET,
    a_channel,
    a_full,
    end,
    keep,
    kept,
    lock,
    set_active,
    stored,
    take,
    taken,
    wake,
    webhooks,
    write,
)

MANY = 20
Change = Callable[[Endpoint], object]


def go_on(town: Town, turn: Turn, position: int, up_to: int) -> bool:
    with webhooks(town) as work:
        return work.turns.go_on(turn, position, up_to, MINUTE)


def save(town: Town, endpoint: Endpoint, change: Change) -> None:
    """Have a HOST change it."""
    with webhooks(town) as work:
        found = lock(work, endpoint)
        change(found)
        work.endpoints.save(found)


class TurnsContract:
    """``Turns``. Subclasses give ``town``."""

    @pytest.fixture
    def channel(self, town: Town) -> HostedChannel:
        return a_channel(town)

    def test_a_turn_has_every_field(self, town: Town, channel: HostedChannel) -> None:
        endpoint = replace(
            a_full(channel),
            status=Status.ACTIVE,
            old_secret_until=now() + MINUTE,
        )
        keep(town, endpoint)
        turn_id = new_id()
        with webhooks(town) as work:
            turn = work.turns.take(Lane.SLOW, turn_id, MINUTE)
        assert turn == Turn(
            id=turn_id,
            endpoint_id=endpoint.id,
            room_id=channel.room_id,
            url=endpoint.url,
            event_types=(EventType.MESSAGE_POSTED, EventType.MEMBER_JOINED),
            secrets=(b"\x00new\xff", b"\x00old\xff"),
            position=17,
            failures=3,
            unsure_up_to=19,
        )
        after = stored(town, endpoint)
        assert after == replace(endpoint, turn=turn_id, due_at=after.due_at)
        assert after.due_at is not None
        assert 0 < (after.due_at - now()).total_seconds() <= 60

    def test_types_of_another_release_are_kept_and_hold_up_nobody(
        self, town: Town, channel: HostedChannel
    ) -> None:
        types = ("chat.message_posted", "chat.poll_opened")
        endpoint = kept(town, channel, event_types=types, due_at=AT)
        assert stored(town, endpoint).event_types == types
        assert taken(town).event_types == types
        write(town, channel, 1)
        with webhooks(town) as work:
            told = work.events.after(channel.room_id, 0, types, 9)
            untold = work.events.after(channel.room_id, 0, types[1:], 9)
        assert [event.type for event in told.events] == ["chat.message_posted"]
        assert (untold.events, untold.position) == ([], told.position)

    def test_a_secret_that_is_over_signs_no_more(self, town: Town, channel: HostedChannel) -> None:
        old = {"old_secret": b"old", "due_at": AT}
        kept(town, channel, old_secret_until=now() - MINUTE, **old)
        assert taken(town).secrets == (b"sealed",)
        kept(town, channel, old_secret_until=now() + MINUTE, **old)
        assert taken(town).secrets == (b"sealed", b"old")

    @pytest.mark.parametrize("up_to", [None, 16, 17])
    def test_where_nothing_may_have_been_told_nothing_is_unsure(
        self, town: Town, channel: HostedChannel, up_to: int | None
    ) -> None:
        kept(town, channel, position=17, unsure_up_to=up_to, due_at=AT)
        assert taken(town).unsure_up_to is None

    def test_who_is_due_longest_is_told_first(self, town: Town, channel: HostedChannel) -> None:
        ages = (1, 3, 2)
        all_ = {age: kept(town, channel, due_at=AT - age * MINUTE) for age in ages}
        turns = [taken(town).endpoint_id for _ in range(3)]
        assert turns == [all_[age].id for age in (3, 2, 1)]
        assert take(town) is None

    def test_who_is_not_due_is_left_alone(self, town: Town, channel: HostedChannel) -> None:
        kept(town, channel)
        kept(town, channel, due_at=now() + MINUTE)
        for status in (Status.PENDING, Status.DISABLED):
            kept(town, channel, status=status, due_at=AT)
        assert take(town) is None

    def test_a_lane_has_its_own(self, town: Town, channel: HostedChannel) -> None:
        slow = kept(town, channel, lane=Lane.SLOW, due_at=AT)
        assert take(town, Lane.STEADY) is None
        assert taken(town, Lane.SLOW).endpoint_id == slow.id

    def test_a_lease_is_over_some_time(self, town: Town, channel: HostedChannel) -> None:
        endpoint = kept(town, channel, due_at=AT)
        first = taken(town, lease=OVER)
        second = taken(town, lease=MINUTE)
        assert take(town) is None
        assert (first.endpoint_id, second.endpoint_id) == (endpoint.id, endpoint.id)
        assert first.id != second.id

    def test_of_several_callers_each_gets_another(self, town: Town, channel: HostedChannel) -> None:
        others = [kept(town, channel, due_at=AT) for _ in range(MANY)]
        turns = at_once(*[lambda: taken(town).endpoint_id] * MANY)
        assert Counter(turns) == Counter(endpoint.id for endpoint in others)
        assert take(town) is None

    def test_one_that_is_due_is_told_by_one_of_many(
        self, town: Town, channel: HostedChannel
    ) -> None:
        kept(town, channel, due_at=AT)
        turns = at_once(*[lambda: take(town)] * MANY)
        assert sum(turn is not None for turn in turns) == 1

    def test_what_raises_gives_the_turn_back(self, town: Town, channel: HostedChannel) -> None:
        endpoint = kept(town, channel, due_at=AT)
        with pytest.raises(Conflict), webhooks(town) as work:  # noqa: PT012
            assert work.turns.take(Lane.STEADY, new_id(), MINUTE)
            raise Conflict("a_test", "goes wrong")
        assert stored(town, endpoint) == endpoint

    def test_who_goes_on_has_another_lease_and_says_what_may_be_told(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint = kept(town, channel, due_at=AT, failures=2, failing_since=AT)
        turn = taken(town, lease=OVER)
        assert go_on(town, turn, 3, 7)
        assert take(town) is None
        after = stored(town, endpoint)
        expected = {"position": 3, "unsure_up_to": 7, "turn": turn.id, "due_at": after.due_at}
        assert after == replace(endpoint, **expected)  # type: ignore[arg-type]
        assert after.due_at is not None
        assert after.due_at > now()
        save(town, endpoint, lambda found: setattr(found, "due_at", AT))
        again = taken(town)
        assert (again.position, again.unsure_up_to) == (3, 7)

    def test_who_was_told_everything_rests(self, town: Town, channel: HostedChannel) -> None:
        write(town, channel, 3)
        endpoint = kept(town, channel, due_at=AT, failures=2, failing_since=AT, lane=Lane.SLOW)
        turn = taken(town, Lane.SLOW)
        assert go_on(town, turn, 0, 3)
        assert end(town, turn, 3)
        rests = {"position": 3, "failures": 0, "failing_since": None, "due_at": None}
        assert stored(town, endpoint) == replace(endpoint, lane=Lane.STEADY, **rests)
        assert take(town) is None
        assert wake(town) == 0

    def test_who_has_something_left_is_due_at_once(
        self, town: Town, channel: HostedChannel
    ) -> None:
        write(town, channel, 3)
        kept(town, channel, due_at=AT)
        assert end(town, taken(town), 2, lane=Lane.SLOW)
        assert take(town, Lane.STEADY) is None
        assert taken(town, Lane.SLOW).position == 2

    def test_who_failed_is_tried_again_later(self, town: Town, channel: HostedChannel) -> None:
        write(town, channel, 3)
        endpoint = kept(town, channel, due_at=AT)
        assert end(town, taken(town), 1, failures=1, lane=Lane.SLOW, after=MINUTE)
        first = stored(town, endpoint)
        assert (first.failures, first.lane, first.turn) == (1, Lane.SLOW, None)
        assert first.failing_since is not None
        assert first.due_at is not None
        assert 0 < (first.due_at - now()).total_seconds() <= 60
        assert abs(now() - first.failing_since) < MINUTE
        assert take(town, Lane.SLOW) is None
        assert wake(town) == 0
        save(town, endpoint, lambda found: setattr(found, "due_at", AT))
        again = taken(town, Lane.SLOW)
        assert again.failures == 1
        assert end(town, again, 1, failures=2, lane=Lane.SLOW, after=OVER)
        second = stored(town, endpoint)
        assert (second.failures, second.failing_since) == (2, first.failing_since)
        assert end(town, taken(town, Lane.SLOW), 3)
        assert stored(town, endpoint).failing_since is None

    def test_a_turn_that_another_took_over_changes_nothing(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint = kept(town, channel, due_at=AT)
        late, current = taken(town, lease=OVER), taken(town)
        before = stored(town, endpoint)
        with webhooks(town) as work:
            assert work.turns.hold(late) is None
        assert not go_on(town, late, 5, 9)
        assert not end(town, late, 5, failures=1, after=MINUTE)
        assert stored(town, endpoint) == before
        assert go_on(town, current, 5, 9)
        assert end(town, current, 9)
        assert not end(town, current, 11)
        assert stored(town, endpoint).position == 9

    @pytest.mark.parametrize(
        "change",
        [
            lambda found: found.listen_to(QUIET[:1], AT),
            lambda found: found.rotate(b"another", AT),
            lambda found: found.replay(1, AT),
            lambda found: found.move("https://elsewhere.example", AT),
            lambda found: found.disable(DisabledBecause.GONE, last="x", id_=new_id(), at=AT),
        ],
    )
    def test_a_host_who_changes_what_matters_ends_the_turn(
        self, town: Town, channel: HostedChannel, change: Change
    ) -> None:
        write(town, channel, 9)
        endpoint = kept(town, channel, due_at=AT, position=4)
        turn = taken(town)
        assert go_on(town, turn, 5, 9)
        save(town, endpoint, change)
        before = stored(town, endpoint)
        assert (before.turn, before.unsure_up_to) == (None, None)
        assert not go_on(town, turn, 9, 9)
        assert not end(town, turn, 9)
        with webhooks(town) as work:
            assert work.turns.hold(turn) is None
        assert stored(town, endpoint) == before

    def test_a_host_who_only_describes_it_lets_it_go_on(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint = kept(town, channel, due_at=AT)
        turn = taken(town)
        save(town, endpoint, lambda found: found.describe("Ours", AT))
        assert end(town, turn, 2)
        after = stored(town, endpoint)
        assert (after.description, after.position) == ("Ours", 2)

    def test_a_turn_at_what_is_no_more_is_lost(self, town: Town, channel: HostedChannel) -> None:
        endpoint = kept(town, channel, due_at=AT)
        turn = taken(town)
        with webhooks(town) as work:
            work.endpoints.remove(lock(work, endpoint))
        assert not go_on(town, turn, 5, 9)
        assert not end(town, turn, 5)
        with webhooks(town) as work:
            assert work.turns.hold(turn) is None

    def test_whoever_has_the_turn_holds_the_endpoint(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint = kept(town, channel, due_at=AT)
        turn = taken(town)
        with webhooks(town) as work:
            held = work.turns.hold(turn)
            assert held == stored(town, endpoint)
            assert held is not None
            held.disable(DisabledBecause.GONE, last="it answered 410", id_=new_id(), at=AT)
            work.endpoints.save(held)
        assert stored(town, endpoint) == held
        assert not end(town, turn, 1)

    def test_who_rests_is_woken_by_what_happens(self, town: Town, channel: HostedChannel) -> None:
        other = a_channel(town, "other")
        behind = [kept(town, channel), kept(town, channel, lane=Lane.SLOW)]
        elsewhere = kept(town, other)
        assert wake(town) == 0
        write(town, channel)
        write(town, other)
        assert wake(town, []) == 0
        assert wake(town, [RoomId(new_id())]) == 0
        assert wake(town, [channel.room_id]) == 2
        assert wake(town, [channel.room_id]) == 0
        assert stored(town, elsewhere) == elsewhere
        turns = {taken(town).endpoint_id, taken(town, Lane.SLOW).endpoint_id}
        assert turns == {endpoint.id for endpoint in behind}
        assert wake(town) == 1
        assert taken(town).endpoint_id == elsewhere.id

    def test_nothing_else_is_woken(self, town: Town, channel: HostedChannel) -> None:
        write(town, channel, 2)
        later = now() + MINUTE
        others = [
            kept(town, channel, position=2),
            kept(town, channel, position=3),
            kept(town, channel, status=Status.PENDING),
            kept(town, channel, status=Status.DISABLED),
            kept(town, channel, due_at=later, failures=1),
            kept(town, channel, due_at=later, turn=new_id(), unsure_up_to=2),
        ]
        assert wake(town) == 0
        assert [stored(town, endpoint) for endpoint in others] == others

    def test_nobody_is_told_while_the_host_is_away(
        self, town: Town, channel: HostedChannel
    ) -> None:
        other = a_channel(town, "other")
        write(town, channel)
        gone = [kept(town, channel, due_at=AT - MINUTE) for _ in range(3)]
        rests, due = kept(town, channel), kept(town, other, due_at=AT)
        set_active(town, channel.host_id, is_active=False)
        assert wake(town) == 0
        assert taken(town).endpoint_id == due.id
        assert take(town) is None
        assert [stored(town, endpoint).position for endpoint in gone] == [0, 0, 0]
        assert stored(town, rests) == rests
        set_active(town, channel.host_id, is_active=True)
        assert wake(town) == 4
        turns = {taken(town).endpoint_id for _ in range(4)}
        assert turns == {endpoint.id for endpoint in (*gone, rests)}

    def test_a_host_who_comes_back_finds_what_was_unsure_and_what_failed(
        self, town: Town, channel: HostedChannel
    ) -> None:
        write(town, channel, 9)
        since = now() - MINUTE
        state = {"position": 4, "unsure_up_to": 7, "failures": 2, "failing_since": since}
        endpoint = kept(town, channel, due_at=AT, **state)
        set_active(town, channel.host_id, is_active=False)
        assert take(town) is None
        set_active(town, channel.host_id, is_active=True)
        assert wake(town) == 1
        turn = taken(town)
        assert (turn.position, turn.unsure_up_to, turn.failures) == (4, 7, 2)
        assert stored(town, endpoint).failing_since == since

    def test_two_senders_of_whom_one_is_late_leave_one_position(
        self, town: Town, channel: HostedChannel
    ) -> None:
        endpoint = kept(town, channel, due_at=AT)
        turns = [taken(town, lease=OVER) for _ in range(7)] + [taken(town)]
        outcomes = at_once(
            *[
                (lambda turn=turn, number=number: end(town, turn, number))
                for number, turn in enumerate(turns)
            ]
        )
        assert outcomes == [False] * 7 + [True]
        assert stored(town, endpoint).position == 7

    def test_many_who_wake_tell_and_change_at_once_wait_for_nobody_in_vain(
        self, town: Town, channel: HostedChannel
    ) -> None:
        other = a_channel(town, "other")
        all_ = [kept(town, which) for which in (channel, other) * 6]
        is_over = Signal()

        def messages() -> None:
            for which in (channel, other) * 15:
                write(town, which)
            is_over.set()

        def waking(rooms: Sequence[RoomId] | None) -> None:
            while not is_over.is_set():
                wake(town, rooms)

        def telling() -> None:
            while not is_over.is_set():
                tell_one(town)

        def changing() -> None:
            for endpoint in all_:
                save(town, endpoint, lambda found: found.listen_to(QUIET, now()))

        wakers = [lambda: waking(None), lambda: waking([other.room_id, channel.room_id])]
        outcomes = at_once(messages, *wakers, *[telling] * 4, changing)
        assert outcomes == [None] * 8
        wake(town)
        while tell_one(town):
            pass
        assert [stored(town, endpoint).position for endpoint in all_] == [15] * 12
        assert wake(town) == 0


def tell_one(town: Town) -> bool:
    """Have a turn, and tell all that there is."""
    turn = take(town)
    if turn is None:
        return False
    with webhooks(town) as work:
        last = work.events.after(turn.room_id, turn.position, (), 50).position
        work.turns.go_on(turn, turn.position, last, MINUTE)
    end(town, turn, last)
    return True
