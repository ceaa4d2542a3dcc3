"""Preferences on PostgreSQL."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.tables.notifications import preferences
from stonks.application.notifications.preferences import Choices
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind

KINDS = frozenset(NoticeKind)


@dataclass(frozen=True, slots=True)
class PostgresPreferences:
    """``PreferenceRepository`` on the table ``notification_preferences``."""

    connection: Connection

    def of(self, profile_id: ProfileId) -> Choices:
        query = select(preferences).where(
            preferences.c.profile_id == profile_id, preferences.c.kind.in_(KINDS)
        )
        rows = self.connection.execute(query)
        return {(NoticeKind(row.kind), row.way): row.is_wanted for row in rows}

    def put(self, profile_id: ProfileId, choices: Choices) -> None:
        held = select(profile.c.id).where(profile.c.id == profile_id)
        if self.connection.scalar(held.with_for_update(key_share=True, read=True)) is None:
            return
        rows = [
            {"profile_id": profile_id, "kind": kind, "way": way, "is_wanted": is_wanted}
            for (kind, way), is_wanted in sorted(choices.items())  # one order: no deadlocks
        ]
        upsert = insert(preferences).values(rows)
        self.connection.execute(
            upsert.on_conflict_do_update(
                index_elements=["profile_id", "kind", "way"],
                set_={"is_wanted": upsert.excluded.is_wanted},
            )
        )


@dataclass(slots=True)
class PostgresPreferencesWork:
    """``PreferencesWork`` in one transaction."""

    connection: Connection
    preferences: PostgresPreferences = field(init=False)

    def __post_init__(self) -> None:
        self.preferences = PostgresPreferences(self.connection)
