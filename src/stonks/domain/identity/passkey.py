"""A passkey: a key pair of which Stonks has the public half (W3C Web Authentication, Level 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType
from uuid import UUID

from stonks.domain.ids import ProfileId
from stonks.domain.text import clean

PasskeyId = NewType("PasskeyId", UUID)

LONGEST_NAME = 60
MOST_PASSKEYS = 20


@dataclass(slots=True)
class Passkey:
    """One credential of one person.

    ``public_key`` is a COSE key (RFC 9052) and ``sign_count`` what the authenticator counted when
    it was last used; 0 from those that do not count. ``is_second_factor`` asks for it, or for
    another second factor, after every other proof.
    """

    id: PasskeyId
    profile_id: ProfileId
    credential_id: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    sign_count: int
    name: str
    transports: Sequence[str]
    is_backup_eligible: bool
    is_backed_up: bool
    is_second_factor: bool
    created_at: datetime
    used_at: datetime | None = None

    def accepts(self, sign_count: int) -> bool:
        """Whether the count went on (section 6.1.1); one that did not tells of a copy."""
        return sign_count > self.sign_count or sign_count == self.sign_count == 0

    def use(self, *, sign_count: int, is_backed_up: bool, at: datetime) -> None:
        """It has just proved who its owner is."""
        self.sign_count, self.is_backed_up, self.used_at = sign_count, is_backed_up, at

    def rename(self, name: str) -> None:
        """Take a name of 1-60 characters."""
        self.name = check_passkey_name(name)


def check_passkey_name(name: str) -> str:
    """The name to keep, one line of 1-60 characters; or ``Invalid``."""
    return clean(name, field="name", longest=LONGEST_NAME)
