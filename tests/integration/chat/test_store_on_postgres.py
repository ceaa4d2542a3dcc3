"""The chat's store on PostgreSQL, alone and with others at it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from stonks.application.chat.post_messages import Draft, Outcome, Posted
from stonks.domain.chat.entry import EntryKind
from stonks.entrypoints.container import Container
from tests.contracts.chat_store import ChatStoreContract, held
from tests.contracts.town import SteppingClock, Town

WRITERS, BATCHES, ROOMS = 4, 15, 5  # fewer than a HOST may write in 30 s


class TestStoreOnPostgres(ChatStoreContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        return Town(real_container, SteppingClock())

    def test_batches_over_the_same_rooms_leave_no_gap_and_no_deadlock(self, town: Town) -> None:
        host = town.person("host")
        rooms = [town.channel(f"room-{number}", host)[1] for number in range(ROOMS)]

        def write(writer: int) -> Sequence[Outcome]:
            return [
                outcome
                for batch in range(BATCHES)
                for outcome in town.container.post_messages()(
                    drafts=[
                        Draft.written(room, host, f"{writer} {batch}", f"{writer} {batch}")
                        for room in (rooms if writer % 2 else rooms[::-1])
                    ]
                )
            ]

        with ThreadPoolExecutor(WRITERS) as pool:
            outcomes = [found for part in pool.map(write, range(WRITERS)) for found in part]
        assert all(isinstance(outcome, Posted) for outcome in outcomes)
        for room in rooms:
            seqs = [view.entry.seq for view in town.container.chat_reads().after(room, 0, 1000)]
            assert seqs == list(range(1, WRITERS * BATCHES + 1))

    def test_the_same_nonce_at_the_same_time_is_one_message(self, town: Town) -> None:
        host = town.person("host")
        _, room = town.channel("lounge", host)
        draft = Draft.written(room, host, "only once", "n1")
        with ThreadPoolExecutor(8) as pool:
            answers = list(
                pool.map(lambda _: town.container.post_messages()(drafts=[draft])[0], range(16))
            )
        assert {type(answer) for answer in answers} == {Posted}
        assert len({answer.seq for answer in answers if isinstance(answer, Posted)}) == 1
        assert town.container.chat_reads().positions([room]) == {room: 1}

    def test_nothing_is_left_of_a_channel_deleted_while_somebody_writes(self, town: Town) -> None:
        host = town.person("host")
        channel, room = town.channel("lounge", host)
        delete = partial(town.container.delete_channel(), actor=host, channel_id=channel)
        with ThreadPoolExecutor(1) as pool:
            with town.container.begin_chat()() as work:
                found = held(work, room)
                person = work.participants.of([(room, host)])[room, host]
                work.log.append([found.record(EntryKind.MESSAGE, by=person, at=town.clock())])
                deleted = pool.submit(delete)
                with pytest.raises(TimeoutError):
                    deleted.result(timeout=0.3)
            deleted.result(timeout=10)
        assert town.container.chat_reads().after(room, 0, 10) == []
