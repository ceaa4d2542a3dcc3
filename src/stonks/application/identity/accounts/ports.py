"""What accounts need beside the rest of identity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from stonks.application.identity.ports import AuditEntry, IdentityWork, ProfileView
from stonks.domain.identity.account_type import AccountType
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.rank import Rank
from stonks.domain.ids import ProfileId


class AccountTypeRepository(Protocol):
    def add(self, account_type: AccountType) -> None:
        """Raises ``Conflict`` (``account_type_taken``)."""

    def lock(self, name: str) -> AccountType:
        """Held until the unit of work ends; raises ``NotFound`` (``unknown_account_type``)."""

    def save(self, account_type: AccountType) -> None: ...

    def remove(self, name: str) -> None:
        """From everybody who had it, too."""

    def grant(self, profile_id: ProfileId, name: str, at: datetime, by: str) -> bool:
        """False where this person had it already."""

    def revoke(self, profile_id: ProfileId, name: str) -> bool:
        """False where this person did not have it."""

    def rank(self, profile_id: ProfileId) -> Rank:
        """What all types of a person, ``member`` among them, allow together; active or not."""


class AccountsWork(IdentityWork, Protocol):
    """One unit of work of accounts."""

    @property
    def account_types(self) -> AccountTypeRepository: ...


@dataclass(frozen=True, slots=True)
class AccountView:
    """A profile, active or not, as those see it who watch over all of them.

    ``deletes_at`` is when whoever waits to be forgotten is; None for all others, who is
    forgotten already among them.
    """

    profile: ProfileView
    account_types: Sequence[str]
    deletes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AccountTypeView:
    """``holders`` are the profiles to which it was given: nobody is given ``member``."""

    name: str
    description: str
    permissions: frozenset[Permission]
    created_at: datetime
    created_by: str
    holders: int


@dataclass(frozen=True, slots=True)
class GrantView:
    """A type that somebody has; everybody has ``member`` without its being given."""

    name: str
    permissions: frozenset[Permission]
    granted_at: datetime | None = None
    granted_by: str | None = None


@dataclass(frozen=True, slots=True)
class ProfilesWanted:
    """Which profiles; what is None makes no difference.

    ``q`` is part of a username, a full name, or an e-mail address, whatever the case.
    """

    q: str | None = None
    active: bool | None = None
    account_type: str | None = None


@dataclass(frozen=True, slots=True)
class EntriesWanted:
    """Which entries of the audit; ``by`` is a name as it was at the time, whatever the case."""

    actor: ProfileId | None = None
    by: str | None = None
    action: str | None = None
    subject: ProfileId | None = None


class AccountReads(Protocol):
    """Reads of those who watch over accounts; inactive profiles are among them."""

    def profiles(
        self, wanted: ProfilesWanted, *, before: ProfileId | None, limit: int
    ) -> Sequence[AccountView]:
        """The newest first, those made before one where it is given."""

    def profile(self, profile_id: ProfileId) -> AccountView | None: ...

    def id_of(self, username: str) -> ProfileId | None:
        """Whatever its case."""

    def account_types(self) -> Sequence[AccountTypeView]:
        """``member`` and ``staff``, then the others by name."""

    def grants(self, profile_id: ProfileId) -> Sequence[GrantView] | None:
        """``member``, then what was given, by name; None where the profile is unknown."""

    def audit(
        self, wanted: EntriesWanted, *, before: UUID | None, limit: int
    ) -> Sequence[AuditEntry]:
        """The newest first, those recorded before one where it is given."""
