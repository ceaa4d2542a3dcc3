"""Counts that a profile shows, in memory; until following is built, whatever it is told."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.application.identity.ports import Following
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryFollowCounts:
    """``FollowCounts`` from a mapping; nobody follows anybody that it does not name."""

    counts: MutableMapping[ProfileId, Following] = field(default_factory=dict)

    def __call__(self, profile_id: ProfileId) -> Following:
        return self.counts.get(profile_id, Following(0, 0))


@dataclass(frozen=True, slots=True)
class MemoryChannelCount:
    """``ChannelCount`` on the tables of channels."""

    tables: ChannelTables

    def __call__(self, host_id: ProfileId) -> int:
        return len(self.tables.channels.where(lambda row: row.host_id == host_id))
