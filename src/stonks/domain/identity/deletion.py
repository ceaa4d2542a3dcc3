"""Leaving for good, after a time in which one may think again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.domain.errors import Conflict
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId

GRACE = timedelta(days=14)
SLACK = timedelta(minutes=5)  # what the clocks of two processes may differ


@dataclass(slots=True)
class Deletion:
    """Somebody's wish to be forgotten, and when it was fulfilled."""

    profile_id: ProfileId
    asked_at: datetime
    due_at: datetime
    erased_at: datetime | None = None

    @classmethod
    def asked(cls, profile_id: ProfileId, *, at: datetime) -> "Deletion":
        return cls(profile_id, at, at + GRACE)

    def must_be_open(self, at: datetime) -> None:
        """Raise ``Conflict`` (``profile_deleted``) once nothing can be called back."""
        if self.erased_at is not None or at >= self.due_at:
            raise Conflict("profile_deleted", "this profile is deleted")

    def may_begin(self, at: datetime) -> bool:
        """Whether it is time, by any process's clock, and not done."""
        return self.erased_at is None and at >= self.due_at + SLACK

    def erase(self, profile: Profile, name: str, *, at: datetime) -> None:
        """Leave of the profile what others' messages refer to: its id, and that it was there."""
        profile.full_name, profile.username = "Deleted", f"deleted-{name}"
        profile.email, profile.avatar = f"deleted-{name}@deleted.invalid", None
        profile.deactivate(at=at)
        self.erased_at = at
