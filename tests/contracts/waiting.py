"""What every store of things that wait promises: events, audiences, batches."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter
from threading import Barrier, Event, Timer

import pytest

from stonks.adapters.clock import first_id, new_id, now
from stonks.adapters.outbox.writing import KINDS, read
from stonks.application.notifications.stages import Batch, Fanout
from stonks.application.outbox.one_by_one import one
from stonks.domain.channels.events import StreamEnded, StreamStarted
from stonks.domain.errors import Conflict
from stonks.domain.ids import ChannelId, EndpointId, NoticeId, ProfileId, StreamId
from stonks.domain.social.events import Followed
from stonks.domain.webhooks.endpoint import Lane, Status
from stonks.domain.webhooks.events import EndpointDisabled
from tests.contracts.deliveries import decided
from tests.contracts.notices import a_notice, a_told, work_of
from tests.contracts.town import Town
from tests.contracts.webhook_stores import a_channel, end, kept, taken


def an_event() -> Followed:
    return Followed(ProfileId(new_id()), ProfileId(new_id()), now())


def publish(town: Town, *events: object) -> None:
    with town.container.begin_channels()() as work:
        for event in events:
            work.publish(event)


def fail_at(town: Town, queue: str) -> str:
    """Have what is first there fail; the note that says what it is."""

    def fail(work: object, item: object) -> None:
        raise Conflict("a_test", "goes wrong")

    with pytest.raises(Conflict) as failed:
        one(town.container.begin_notifications(), attrgetter(queue), fail)
    return "; ".join(failed.value.__notes__)


class WaitingContract:
    """``Publish``, ``Outbox``, ``Fanouts``, ``Batches`` and ``WorkReads``, of ``town``."""

    def test_every_field_of_every_event_comes_back(self, town: Town) -> None:
        channel, host, stream = ChannelId(new_id()), ProfileId(new_id()), StreamId(new_id())
        events = [
            an_event(),
            StreamStarted(channel, host, now(), stream, "A title", is_announced=True),
            StreamEnded(channel, host, now(), stream, "vanished"),
            EndpointDisabled(
                new_id(),
                EndpointId(new_id()),
                channel,
                now(),
                "https://hooks.example/",
                "it answered 410",
            ),
        ]
        assert {type(event) for event in events} == {*KINDS.values()}
        publish(town, *events)
        with work_of(town) as work:
            taken = [work.outbox.take() for _ in range(5)]
        assert [read(envelope) for envelope in taken if envelope] == events
        assert taken[4] is None

    def test_what_is_rolled_back_is_not_published(self, town: Town) -> None:
        with pytest.raises(Conflict), town.container.begin_channels()() as work:  # noqa: PT012
            work.publish(an_event())
            raise Conflict("a_test", "goes wrong")
        with work_of(town) as work:
            assert work.outbox.take() is None

    def test_what_is_no_event_is_not_published(self, town: Town) -> None:
        with pytest.raises(TypeError), town.container.begin_channels()() as work:
            work.publish("an event")

    def test_what_is_taken_is_there_again_after_a_failure(self, town: Town) -> None:
        publish(town, an_event())
        for _ in range(2):
            with pytest.raises(Conflict), work_of(town) as work:  # noqa: PT012
                assert work.outbox.take() is not None
                raise Conflict("a_test", "goes wrong")
        with work_of(town) as work:
            assert work.outbox.take() is not None
        with work_of(town) as work:
            assert work.outbox.take() is None

    def test_an_event_is_taken_by_one_of_many(self, town: Town) -> None:
        publish(town, an_event())
        start = Barrier(8)

        def take() -> bool:
            start.wait(10)
            with work_of(town) as work:
                return work.outbox.take() is not None

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(lambda _: take(), range(8))) == 1

    def test_what_fails_holds_up_nothing_else(self, town: Town) -> None:
        bad, good = an_event(), an_event()
        publish(town, bad, good)
        begin = town.container.begin_notifications()
        done = []

        def handle(work: object, envelope: object) -> None:
            event = read(envelope)  # type: ignore[arg-type]
            if event == bad:
                raise Conflict("a_test", "goes wrong")
            done.append(event)

        with pytest.raises(Conflict):
            one(begin, lambda work: work.outbox, handle)
        assert one(begin, lambda work: work.outbox, handle)
        assert not one(begin, lambda work: work.outbox, handle)
        assert done == [good]
        with work_of(town) as work:
            assert work.outbox.lag().waiting == 1

    def test_the_lag_is_of_the_oldest(self, town: Town) -> None:
        with work_of(town) as work:
            assert (work.outbox.lag().waiting, work.outbox.lag().oldest) == (0, 0)
        publish(town, Followed(ProfileId(new_id()), ProfileId(new_id()), now()), an_event())
        old = Followed(ProfileId(new_id()), ProfileId(new_id()), now() - timedelta(minutes=5))
        publish(town, old)
        with work_of(town) as work:
            lag = work.outbox.lag()
        assert lag.waiting == 3
        assert 299 < lag.oldest < 600

    def test_every_field_of_an_audience_comes_back(self, town: Town) -> None:
        notice, position = a_notice(), ProfileId(new_id())
        assert notice.audience is not None
        fanout = Fanout(notice.id, notice.audience, position)
        with work_of(town) as work:
            work.notices.add(notice)
            work.fanouts.add(fanout)
        with work_of(town) as work:
            assert work.fanouts.take() == fanout
            work.fanouts.add(fanout)
            work.fanouts.postpone(fanout)
            assert work.fanouts.take() is None

    def test_every_field_of_a_batch_comes_back(self, town: Town) -> None:
        people = [ProfileId(new_id()) for _ in range(3)]
        batch = Batch(new_id(), NoticeId(new_id()), people)
        with work_of(town) as work:
            assert not work.batches.has(batch.notice_id)
            work.batches.add(batch)
            assert work.batches.has(batch.notice_id)
        with work_of(town) as work:
            assert work.batches.take() == batch
        with work_of(town) as work:
            assert not work.batches.has(batch.notice_id)

    def test_a_batch_that_is_being_decided_waits_for_nobody_any_more(self, town: Town) -> None:
        batch = Batch(new_id(), NoticeId(new_id()), [])
        taken, is_asked = Event(), Event()
        with work_of(town) as work:
            work.batches.add(batch)

        def decide() -> None:
            with work_of(town) as work:
                assert work.batches.take() == batch
                taken.set()
                is_asked.wait(10)

        def has() -> bool:
            taken.wait(10)
            Timer(0.1, is_asked.set).start()
            with work_of(town) as work:
                return work.batches.has(batch.notice_id)

        with ThreadPoolExecutor(2) as threads:
            deciding, asking = threads.submit(decide), threads.submit(has)
            deciding.result()
            assert not asking.result()

    def test_a_batch_can_wait(self, town: Town) -> None:
        with work_of(town) as work:
            work.batches.add(Batch(new_id(), NoticeId(new_id()), []), after=timedelta(minutes=1))
        with work_of(town) as work:
            assert work.batches.take() is None

    def test_what_waits_is_told_by_the_job_that_does_it(self, town: Town) -> None:
        reads, notice = town.container.work_reads(), a_notice()
        assert reads.waiting() == {}
        publish(town, an_event(), an_event())
        with work_of(town) as work:
            work.notices.add(notice)
            work.fanouts.add(Fanout(notice.id, ProfileId(new_id())))
            work.batches.add(Batch(new_id(), notice.id, []))
            late = Batch(new_id(), notice.id, [])
            work.batches.add(late, after=timedelta(minutes=1))
        assert reads.waiting() == {"events": 2, "fanouts": 1, "batches": 1}
        assert reads.failing() == {}

    def test_what_fails_is_told_until_it_is_done(self, town: Town) -> None:
        reads, notice = town.container.work_reads(), a_notice()
        fanout, batch = Fanout(notice.id, ProfileId(new_id())), Batch(new_id(), notice.id, [])
        publish(town, an_event(), an_event())
        with work_of(town) as work:
            work.notices.add(notice)
            work.fanouts.add(fanout)
            work.batches.add(batch)
        failed = [fail_at(town, name) for name in ("outbox", "fanouts", "batches")]
        assert failed[0].startswith("followed ")
        assert failed[1:] == [
            f"audience of notice {notice.id}",
            f"batch {batch.id} of notice {notice.id}",
        ]
        assert reads.failing() == {"events": 1, "fanouts": 1, "batches": 1}
        assert reads.waiting() == {"events": 1}

    def test_a_delivery_that_was_put_back_fails(self, town: Town) -> None:
        reads, fan = town.container.work_reads(), town.person("fan")
        notice = a_told(town, fan)
        key = decided(town, notice, fan)
        assert (reads.waiting(), reads.failing()) == ({"deliveries.email": 1}, {})
        with work_of(town) as work:
            assert work.deliveries.depart(key)
            work.deliveries.put_back(key, "push_limited", timedelta(minutes=1))
        assert (reads.waiting(), reads.failing()) == ({}, {"deliveries.email": 1})
        assert reads.oldest() == {}

    def test_for_how_long_work_has_waited_is_told_of_the_first_in_turn(self, town: Town) -> None:
        reads, fan = town.container.work_reads(), town.person("fan")
        assert reads.oldest() == {}
        at = now() - timedelta(minutes=5)
        notice = replace(a_notice(), id=NoticeId(first_id(at)))
        publish(town, Followed(ProfileId(new_id()), ProfileId(new_id()), at), an_event())
        decided(town, a_told(town, fan), fan)
        with work_of(town) as work:
            work.notices.add(notice)
            work.fanouts.add(Fanout(notice.id, ProfileId(new_id())))
            work.batches.add(Batch(first_id(at), notice.id, []))
            work.batches.add(Batch(new_id(), notice.id, []))
        oldest = reads.oldest()
        assert {*oldest} == {"events", "fanouts", "batches", "deliveries.email"}
        assert 0 <= oldest["deliveries.email"] < 299
        assert all(299 < oldest[job] < 600 for job in ("events", "fanouts", "batches"))

    def test_endpoints_that_are_due_wait_in_their_lanes(self, town: Town) -> None:
        reads, channel, at = town.container.work_reads(), a_channel(town), now()
        past = at - timedelta(minutes=5)
        for lane in (Lane.STEADY, Lane.SLOW, Lane.SLOW):
            kept(town, channel, lane=lane, due_at=past)
        kept(town, channel, lane=Lane.SLOW, due_at=at - timedelta(minutes=10))
        kept(town, channel, due_at=at + timedelta(minutes=5), failures=1)
        kept(town, channel, due_at=past, failures=1, status=Status.DISABLED)
        kept(town, channel)
        assert reads.waiting() == {"webhooks.steady": 1, "webhooks.slow": 3}
        assert reads.failing() == {"webhooks.steady": 1}
        oldest = reads.oldest()
        assert {*oldest} == {"webhooks.steady", "webhooks.slow"}
        assert 299 < oldest["webhooks.steady"] < 500
        assert 599 < oldest["webhooks.slow"] < 800

    def test_a_lease_and_rest_are_no_waiting(self, town: Town) -> None:
        reads, channel = town.container.work_reads(), a_channel(town)
        kept(town, channel, due_at=now() - timedelta(minutes=5))
        turn = taken(town)
        assert (reads.waiting(), reads.oldest()) == ({}, {})
        end(town, turn, 0)
        assert (reads.waiting(), reads.oldest()) == ({}, {})

    def test_rooms_wait_in_which_it_is_time_to_look_who_is_there(self, town: Town) -> None:
        reads, channel = town.container.work_reads(), a_channel(town)
        kept(town, channel, event_types=())
        assert (reads.waiting(), reads.failing()) == ({"attendance": 1}, {})
        assert 0 <= reads.oldest()["attendance"] < 200
