"""Links that are sent by mail: who follows one has the mailbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stonks.domain.ids import ProfileId, SessionId


class Purpose(StrEnum):
    """What one link is good for, and nothing else."""

    VERIFY_EMAIL = "verify_email"
    CHANGE_EMAIL = "change_email"
    SIGN_IN = "sign_in"
    RESET_PASSWORD = "reset_password"  # noqa: S105 -- what a link is for
    CANCEL_DELETION = "deletion_scheduled"


LASTS: Mapping[Purpose, timedelta] = {
    Purpose.VERIFY_EMAIL: timedelta(hours=48),
    Purpose.CHANGE_EMAIL: timedelta(hours=48),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET_PASSWORD: timedelta(hours=1),
    Purpose.CANCEL_DELETION: timedelta(days=14),
}


@dataclass(frozen=True, slots=True)
class MailLink:
    """What is kept of one link: never its token, only the digest of that.

    ``email`` is where it was sent; ``profile_id`` is missing where anybody may be behind that,
    and ``session_id`` is the one that asked.
    """

    digest: bytes
    purpose: Purpose
    email: str
    issued_at: datetime
    expires_at: datetime
    profile_id: ProfileId | None = None
    session_id: SessionId | None = None

    def is_good(self, at: datetime, *purposes: Purpose) -> bool:
        return self.purpose in purposes and at < self.expires_at
