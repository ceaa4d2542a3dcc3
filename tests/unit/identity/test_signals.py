"""Signals of ended sessions within one process."""

from collections.abc import Collection

import pytest

from stonks.adapters.memory.identity import MemorySessionSignals
from stonks.application.identity.ports import SessionSignals
from stonks.domain.ids import ProfileId, SessionId
from tests.contracts.session_signals import SessionSignalsContract, Signalled


class TestMemorySessionSignals(SessionSignalsContract):
    @pytest.fixture
    def signalled(self) -> Signalled:
        heard: list[SessionId] = []
        changed: list[ProfileId] = []

        def note(ids: Collection[SessionId]) -> None:
            heard.extend(ids)

        signals = MemorySessionSignals([note], [changed.append])
        return Signalled(signals, lambda: [heard], lambda: [changed])

    @pytest.fixture
    def unheard(self) -> SessionSignals:
        return MemorySessionSignals()
