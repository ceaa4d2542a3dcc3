"""An account elsewhere that speaks for somebody here."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from stonks.domain.ids import ProfileId

ExternalIdentityId = NewType("ExternalIdentityId", UUID)


@dataclass(slots=True)
class ExternalIdentity:
    """Whom an issuer vouches for, by its name for them: ``(issuer, subject)`` and nothing else.

    ``provider`` is what the issuer is called here, and ``email`` what it told last; both are for
    people to read, and decide nothing.
    """

    id: ExternalIdentityId
    profile_id: ProfileId
    provider: str
    issuer: str
    subject: str
    email: str | None
    linked_at: datetime
    used_at: datetime | None = None

    def use(self, *, email: str | None, at: datetime) -> None:
        """It has just let its person in."""
        self.email, self.used_at = email, at
