"""Since when somebody follows, as the chat asks it, in memory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.social.tables import SocialTables
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryFollows:
    """``Follows`` on the tables of following."""

    tables: SocialTables

    def since(
        self, followers: Collection[ProfileId], of: ProfileId
    ) -> Mapping[ProfileId, datetime]:
        found = {id_: self.tables.follows.get((of, id_)) for id_ in followers}
        return {id_: follow.since for id_, follow in found.items() if follow is not None}
