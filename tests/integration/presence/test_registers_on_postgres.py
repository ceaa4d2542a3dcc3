"""Who comes and goes, on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import text

from stonks.application.chat.post_messages import Draft
from stonks.domain.ids import ProfileId
from stonks.domain.presence.attendance import Attendee, Look, Register
from stonks.entrypoints.container import Container
from tests.contracts.registers import (
    Attend,
    LetPass,
    RegistersContract,
    log_of,
    take,
    taken,
    work_of,
)
from tests.contracts.town import SteppingClock, Town, code_of
from tests.integration.chat.conftest import real_container

__all__ = ["real_container"]

_ATTEND = "INSERT INTO attended_rooms (room_id, due_at) VALUES (:room, now())"
_PASS = "UPDATE attended_rooms SET due_at = due_at - :seconds * interval '1 second'"


def run(town: Town, statement: str, **values: object) -> None:
    with town.container.engine().begin() as connection:
        connection.execute(text(statement), values)


class TestRegistersOnPostgres(RegistersContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        return Town(real_container, SteppingClock())

    @pytest.fixture
    def attend(self, town: Town) -> Attend:
        return lambda room: run(town, _ATTEND, room=room)

    @pytest.fixture
    def let_pass(self, town: Town) -> LetPass:
        return lambda seconds: run(town, _PASS, seconds=seconds)

    def test_a_channel_that_is_deleted_while_somebody_is_told_of_waits_for_it(
        self, town: Town, host: ProfileId, attend: Attend
    ) -> None:
        channel, room = town.channel("short", host)
        attend(room)
        turn = taken(town)
        known = Register({host: Attendee(is_told=True)})
        delete = partial(town.container.delete_channel(), actor=host, channel_id=channel)
        with ThreadPoolExecutor(1) as pool:
            with work_of(town) as work:
                assert work.logs.hold(room)
                deleted = pool.submit(delete)
                with pytest.raises(TimeoutError):
                    deleted.result(timeout=0.3)
                assert work.registers.keep(turn, known)
                work.logs.tell(room, Look(known, joined=[host]), town.clock())
            deleted.result(timeout=10)
        assert log_of(town, room) == []
        assert take(town) is None

    def test_looks_and_messages_leave_no_gap_and_no_deadlock(
        self, town: Town, host: ProfileId, attend: Attend, let_pass: LetPass
    ) -> None:
        rooms = [town.channel(f"room-{number}", host)[1] for number in range(4)]
        for room in rooms:
            attend(room)

        def look(times: int) -> None:
            for _ in range(times):
                if (turn := take(town)) is None:
                    return
                told = Register({host: Attendee(is_told=True)})
                with work_of(town) as work:
                    assert work.logs.hold(turn.room_id)
                    assert work.registers.keep(turn, told)
                    work.logs.tell(turn.room_id, Look(told, joined=[host]), town.clock())

        def write(times: int) -> None:
            for number in range(times):
                drafts = [Draft.written(room, host, f"{number}", None) for room in rooms]
                assert not any(map(code_of, town.container.post_messages()(drafts=drafts)))

        with ThreadPoolExecutor(3) as pool:
            jobs = [pool.submit(look, 4), pool.submit(look, 4), pool.submit(write, 10)]
            for job in jobs:
                job.result(timeout=30)
        for room in rooms:
            assert [entry.seq for entry in log_of(town, room)] == [*range(1, 12)]
