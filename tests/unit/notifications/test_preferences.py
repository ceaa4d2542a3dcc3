"""Preferences in memory."""

import pytest

from stonks.adapters.memory.database import Database, MemoryBegin
from stonks.adapters.memory.notifications.preferences import (
    MemoryPreferencesWork,
    PreferenceTables,
)
from tests.contracts.preferences import PreferencesContract, PreferenceStore, somebody


class TestMemoryPreferences(PreferencesContract):
    @pytest.fixture
    def preference_store(self) -> PreferenceStore:
        database = Database()
        begin = MemoryBegin(database, MemoryPreferencesWork(PreferenceTables(database)))
        return PreferenceStore(begin, somebody(), somebody())
