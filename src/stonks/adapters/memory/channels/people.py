"""People as channels know them, from the tables of identity."""

from dataclasses import dataclass

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.channels.ports import Person
from stonks.domain.errors import NotFound
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryPeople:
    """``People``."""

    tables: IdentityTables

    def get(self, profile_id: ProfileId) -> Person:
        return self._known(self.tables.profiles.get(profile_id))

    def named(self, username: str) -> Person:
        return self._known(self.tables.named(username))

    def _known(self, profile: Profile | None) -> Person:
        if profile is None or not profile.active:
            raise NotFound("unknown_profile", "there is nobody of this name")
        rank = self.tables.accounts.rank(profile.id)
        may_open = rank.may(Permission.OPEN_CHANNELS)
        return Person(profile.id, profile.username, rank.is_staff, may_open)
