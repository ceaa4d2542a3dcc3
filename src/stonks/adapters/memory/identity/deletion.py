"""Leaving for good, in memory."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.cascading import remove_naming
from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.channels.delete_channel import DeleteChannel
from stonks.domain.errors import NotFound
from stonks.domain.identity.deletion import Deletion
from stonks.domain.ids import ProfileId

NAMES = ("profile_id", "session_id", "audience")
"""What the fields are called that say whose a row is."""


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
        mine = self.tables.sessions.where(lambda row: row.profile_id == profile_id)
        gone = {profile_id, *(row.id for row in mine)}
        kept = (self.tables.profiles, self.tables.deletions)
        remove_naming(self.tables.database, gone, NAMES, but=kept)


@dataclass(frozen=True, slots=True)
class MemoryHostedChannels:
    """``HostedChannels`` by the use case of channels, one by one."""

    tables: ChannelTables
    delete_channel: DeleteChannel

    def close(self, host_id: ProfileId) -> None:
        for channel in self.tables.channels.where(lambda row: row.host_id == host_id):
            with suppress(NotFound):
                self.delete_channel(actor=host_id, channel_id=channel.id)
