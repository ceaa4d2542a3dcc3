"""Preferences in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.database import Database, Table
from stonks.application.notifications.preferences import Choices
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind


@dataclass(slots=True)
class PreferenceTables:
    """What people said, on a database that contexts share."""

    database: Database
    said: Table[tuple[ProfileId, NoticeKind, str], bool] = field(init=False)

    def __post_init__(self) -> None:
        self.said = Table(self.database)


@dataclass(frozen=True, slots=True)
class MemoryPreferences:
    """``PreferenceRepository`` on tables in memory."""

    tables: PreferenceTables

    def of(self, profile_id: ProfileId) -> Choices:
        said = self.tables.said
        with self.tables.database.lock:
            mine = said.keys(lambda key: key[0] == profile_id)
            return {key[1:]: bool(said.get(key)) for key in mine}

    def put(self, profile_id: ProfileId, choices: Choices) -> None:
        for (kind, way), is_wanted in choices.items():
            self.tables.said.put((profile_id, kind, way), is_wanted)


@dataclass(slots=True)
class MemoryPreferencesWork:
    """``PreferencesWork`` on tables in memory."""

    tables: PreferenceTables
    preferences: MemoryPreferences = field(init=False)

    def __post_init__(self) -> None:
        self.preferences = MemoryPreferences(self.tables)
