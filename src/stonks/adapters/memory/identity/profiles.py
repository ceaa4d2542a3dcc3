"""Profiles and passwords in memory."""

from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryProfiles:
    """``ProfileRepository`` on tables in memory."""

    tables: IdentityTables

    def add(self, profile: Profile) -> None:
        self._must_be_free(profile)
        self.tables.profiles.put(profile.id, profile)

    def lock(self, profile_id: ProfileId) -> Profile:
        return _found(self.tables.profiles.get(profile_id))

    def lock_named(self, username: str) -> Profile:
        return _found(self.tables.named(username))

    def save(self, profile: Profile) -> None:
        self._must_be_free(profile)
        self.tables.profiles.put(profile.id, profile)

    def _must_be_free(self, profile: Profile) -> None:
        username, email = profile.username.lower(), profile.email.lower()
        rivals = self.tables.profiles.where(
            lambda row: (
                (row.username.lower() == username or row.email.lower() == email)
                and row.id != profile.id
            )
        )
        if any(row.username.lower() == username for row in rivals):
            raise Conflict("username_taken", "this username is taken")
        if rivals:
            raise Conflict("email_taken", "this e-mail address has an account already")


@dataclass(frozen=True, slots=True)
class MemoryPasswordStore:
    """``PasswordRepository`` on tables in memory."""

    tables: IdentityTables

    def put(self, profile_id: ProfileId, hashed: str, at: datetime) -> None:
        self.tables.passwords.put(profile_id, hashed)

    def is_still(self, profile_id: ProfileId, hashed: str) -> bool:
        return self.tables.passwords.get(profile_id) == hashed


def _found(profile: Profile | None) -> Profile:
    if profile is None:
        raise NotFound("unknown_profile", "nobody has this username")
    return profile
