"""Leaving for good, in memory."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.channels.delete_channel import DeleteChannel
from stonks.domain.errors import NotFound
from stonks.domain.identity.deletion import Deletion
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryDeletions:
    """``DeletionRepository`` on tables in memory."""

    tables: IdentityTables

    def put(self, deletion: Deletion) -> None:
        self.tables.deletions.put(deletion.profile_id, deletion)

    def of(self, profile_id: ProfileId) -> Deletion | None:
        return self.tables.deletions.get(profile_id)

    def remove(self, profile_id: ProfileId) -> bool:
        return self.tables.deletions.remove(profile_id)

    def due(self, at: datetime, most: int) -> Sequence[ProfileId]:
        due = self.tables.deletions.where(lambda row: row.may_begin(at))
        return [row.profile_id for row in sorted(due, key=lambda row: row.due_at)[:most]]

    def erase(self, profile_id: ProfileId) -> None:
        """Whatever table there is on the database: rows that name the person, or a session."""
        with self.tables.database.lock:
            mine = self.tables.sessions.where(lambda row: row.profile_id == profile_id)
            gone = {profile_id, *(row.id for row in mine)}
            for table in self.tables.database.tables:
                if table is not self.tables.profiles and table is not self.tables.deletions:
                    for key in [key for key, row in table.rows.items() if _of(gone, key, row)]:
                        table.remove(key)


def _of(gone: Collection[UUID], key: object, row: object) -> bool:
    """As the foreign keys of PostgreSQL have it."""
    named = [*key] if isinstance(key, tuple) else [key]
    named += [getattr(row, name, None) for name in ("profile_id", "session_id", "audience")]
    return any(isinstance(part, UUID) and part in gone for part in named)


@dataclass(frozen=True, slots=True)
class MemoryHostedChannels:
    """``HostedChannels`` by the use case of channels, one by one."""

    tables: ChannelTables
    delete_channel: DeleteChannel

    def close(self, host_id: ProfileId) -> None:
        for channel in self.tables.channels.where(lambda row: row.host_id == host_id):
            with suppress(NotFound):
                self.delete_channel(actor=host_id, channel_id=channel.id)
