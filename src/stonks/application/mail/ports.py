"""What sending mail needs."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from stonks.domain.ids import ProfileId


class MailKind(StrEnum):
    """What a mail is about; each has its own template.

    ``values`` that any may tell, shown beside the words: ``device`` (a User-Agent), ``name``,
    ``provider``, ``scopes``, ``newEmail`` and ``deletesAt`` (RFC 3339). Words depend on ``factor``
    (``passkey`` or ``totp``) and on ``left``, how many recovery codes are; ``session`` is the one
    that asked for another address. Mails that carry a link find their person when they leave.
    """

    VERIFY_EMAIL = "verify_email"
    SIGN_IN = "sign_in"
    RESET_PASSWORD = "reset_password"  # noqa: S105 -- the name of a template
    CHANGE_EMAIL = "change_email"
    ADDRESS_TAKEN = "address_taken"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    """Told to the present address, while nothing has changed. ``newEmail``, masked."""
    EMAIL_CHANGED = "email_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- the name of a template
    """``tokens``: how many access tokens still work, in digits, where there are any."""
    SET_UP_REMOVED = "set_up_removed"
    """Somebody proved an address that nobody had proved. ``removed``: what it signed in by."""
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    """``factor``: ``totp``, ``all``, or ``passkey``, of which ``name`` is told, too."""
    PASSKEY_ADDED = "passkey_added"
    """``name`` of it, and ``second_factor`` where it counts as one."""
    PASSKEY_REMOVED = "passkey_removed"
    """``name`` of it."""
    PASSKEY_COPIED = "passkey_copied"
    """A passkey was refused, since its counter went back: somebody has a copy. ``name`` of it."""
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"
    """Somebody came in by a recovery code. ``left``: how many are left, in digits."""
    IDENTITY_LINKED = "identity_linked"
    """Another place signs in to the account. ``provider``: what people call it."""
    IDENTITY_UNLINKED = "identity_unlinked"
    """It no longer does. ``provider`` as above."""
    ACCESS_TOKEN_MADE = "access_token_made"  # noqa: S105 -- the name of a template
    DEACTIVATED = "deactivated"
    DELETION_SCHEDULED = "deletion_scheduled"
    """Who asked to be forgotten, and a link that calls it off. ``deletesAt`` (RFC 3339)."""
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


@dataclass(frozen=True, slots=True)
class Departure:
    """A mail that is leaving, for the so-many-th time, in the hands of one sender."""

    mail: Mail
    attempt: int


class MailQueue(Protocol):
    """Mails that have not left yet."""

    def claim(self, at: datetime) -> Departure | None:
        """The mail that is due longest, for the caller alone; None where none is due.

        Of several callers at once each gets another. Whoever dies with a claim loses that mail:
        nobody can know whether it left.
        """

    def put_back(self, mail_id: UUID, due_at: datetime) -> None:
        """It surely did not leave: let it be claimed again from then on."""

    def remove(self, mail_id: UUID) -> None:
        """It left, or never will."""

    def forget(self, before: datetime, most: int) -> Sequence[Mail]:
        """Remove mails, as many as ``most``, that were claimed before then; which they were."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who reads a mail, as far as it is known; ``is_proven`` where the address is surely theirs."""

    username: str | None = None
    full_name: str | None = None
    is_proven: bool = False


class Addressees(Protocol):
    """Answered by identity, inside the unit of work that claims the mail."""

    def __call__(self, mail: Mail, token: str, at: datetime) -> Addressee | None:
        """Who gets it; None where it should not leave any more.

        If a mail of its kind carries a link, ``token`` stands for that from now on.
        """


class MailWork(Protocol):
    """One unit of work of mail."""

    @property
    def queue(self) -> MailQueue: ...
    @property
    def addressees(self) -> Addressees: ...


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as it leaves; ``headers`` are those that it has beside the usual ones."""

    id: UUID
    at: datetime
    to: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Compose(Protocol):
    def __call__(self, mail: Mail, addressee: Addressee, token: str) -> Message:
        """The words; ``token`` goes into the link, where mails of its kind carry one."""


class Mailer(Protocol):
    def __call__(self, message: Message) -> None:
        """Hand it over to whoever delivers it, once.

        Raises ``Unavailable`` (``mail_unavailable``) where it surely was not taken and may be
        later, ``Invalid`` where it must not be sent again: ``mail_refused`` for one that nobody
        will ever take, and ``mail_uncertain`` for one that may have been taken.
        """


class MailSessions(Protocol):
    def __call__(self) -> AbstractContextManager[Mailer]:
        """A mailer for many messages, one after another or side by side from several threads.

        Whatever it connects to it keeps for the next message, and lets go when the block is left;
        a block in which nothing is sent connects to nothing.
        """


class Losses(Protocol):
    def __call__(self, mail: Mail, code: str) -> None:
        """Tell the operator that this mail is given up, and why."""
