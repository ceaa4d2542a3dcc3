"""The log as receivers are told of it, on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from stonks.adapters.postgres.webhooks.events import PostgresEvents
from stonks.application.webhooks.ports import Run
from stonks.domain.ids import RoomId
from stonks.domain.webhooks.event_type import EventType
from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_events import EventsContract


@dataclass(frozen=True, slots=True)
class EachInItsOwn:
    """``Events``, each time in a transaction of its own."""

    engine: Engine

    def after(self, room_id: RoomId, seq: int, types: Sequence[EventType], most: int) -> Run:
        with self.engine.begin() as connection:
            return PostgresEvents(connection).after(room_id, seq, types, most)


class TestEventsOnPostgres(EventsContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        clock = SteppingClock()
        real_container.now.override(clock)
        return Town(real_container, clock)

    @pytest.fixture
    def events(self, town: Town) -> EachInItsOwn:
        return EachInItsOwn(town.container.engine())
