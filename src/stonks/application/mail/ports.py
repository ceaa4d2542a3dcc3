"""What sending mail needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from stonks.domain.ids import ProfileId


class MailKind(StrEnum):
    """What a mail is about; each has its own template."""

    VERIFY_EMAIL = "verify_email"
    SIGN_IN = "sign_in"
    RESET_PASSWORD = "reset_password"  # noqa: S105 -- the name of a template
    CHANGE_EMAIL = "change_email"
    ADDRESS_TAKEN = "address_taken"
    EMAIL_CHANGED = "email_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- the name of a template
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    """``factor``: ``totp`` or ``passkey``, of which ``name`` is told, too."""
    PASSKEY_COPIED = "passkey_copied"
    """A passkey was refused, since its counter went back: somebody has a copy. ``name`` of it."""
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"
    """Somebody came in by a recovery code. ``left``: how many are left, in digits."""
    IDENTITY_LINKED = "identity_linked"
    IDENTITY_UNLINKED = "identity_unlinked"
    ACCESS_TOKEN_MADE = "access_token_made"  # noqa: S105 -- the name of a template
    DEACTIVATED = "deactivated"
    DELETION_SCHEDULED = "deletion_scheduled"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address.

    ``values`` are what its template tells besides, all public to the receiver and none of them a
    secret: a link that a mail carries is made when it leaves.
    """

    id: UUID
    kind: MailKind
    to: str
    at: datetime
    profile_id: ProfileId | None = None
    values: Mapping[str, str] = field(default_factory=dict)


class OutgoingMails(Protocol):
    def add(self, mail: Mail) -> None:
        """Send it once the unit of work is committed; if that rolls back it is never sent."""
