"""Changing one's own profile."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.ports import IdentityWork
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.username import check_username
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class ChangeProfile:
    """Take another full name or username; what is not given stays."""

    begin: Begin[IdentityWork]
    now: Clock

    def __call__(
        self, *, actor: ProfileId, full_name: str | None = None, username: str | None = None
    ) -> Profile:
        """Raises ``Invalid``, and ``Conflict`` (``username_taken``)."""
        at = self.now()
        with self.begin() as work:
            profile = work.profiles.lock(actor)
            _change(profile, full_name, username, at)
            work.profiles.save(profile)
        return profile


def _change(profile: Profile, full_name: str | None, username: str | None, at: datetime) -> None:
    if full_name is not None:
        profile.rename(full_name, at=at)
    if username is not None:
        profile.username, profile.updated_at = check_username(username), at
