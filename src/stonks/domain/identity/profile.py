"""A person, as everybody else's contexts know them."""

from dataclasses import dataclass
from datetime import datetime

from stonks.domain.ids import ProfileId
from stonks.domain.text import clean

LONGEST_FULL_NAME = 100


@dataclass(slots=True)
class Profile:
    """One person: these eight fields and never another; the rest is kept beside it."""

    id: ProfileId
    full_name: str
    username: str
    email: str
    avatar: str | None
    active: bool
    created_at: datetime
    updated_at: datetime

    def rename(self, full_name: str, *, at: datetime) -> None:
        """Take a full name of 1-100 characters."""
        self.full_name, self.updated_at = check_full_name(full_name), at

    def deactivate(self, *, at: datetime) -> None:
        """Keep the name, and be unknown to others from now on."""
        self.active, self.updated_at = False, at

    def restore(self, *, at: datetime) -> None:
        """Be known to others again."""
        self.active, self.updated_at = True, at


def check_full_name(full_name: str) -> str:
    """The name to keep, one line of 1-100 characters; or ``Invalid``."""
    return clean(full_name, field="fullName", longest=LONGEST_FULL_NAME)
