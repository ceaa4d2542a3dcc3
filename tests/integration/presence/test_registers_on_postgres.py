"""Who comes and goes, on PostgreSQL."""

import pytest
from sqlalchemy import text

from stonks.entrypoints.container import Container
from tests.contracts.registers import Attend, LetPass, RegistersContract
from tests.contracts.town import SteppingClock, Town
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
