"""What those read who watch over accounts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from stonks.application.identity.accounts.ports import (
    AccountReads,
    AccountTypeView,
    AccountView,
    EntriesWanted,
    GrantView,
    ProfilesWanted,
)
from stonks.application.identity.accounts.record_reading import RecordReading, unknown_profile
from stonks.application.identity.accounts.rights import Actor
from stonks.application.identity.ports import AuditEntry
from stonks.domain.identity.account_type import is_account_type
from stonks.domain.identity.username import is_username
from stonks.domain.ids import ProfileId
from stonks.domain.text import clean

LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class SearchProfiles:
    """All profiles, the newest first; not on record, as a single one is."""

    reads: AccountReads

    def __call__(
        self, *, wanted: ProfilesWanted, before: ProfileId | None = None, limit: int
    ) -> Sequence[AccountView]:
        """Raises ``Invalid`` for a ``q`` that nobody could be called."""
        if wanted.q is not None:
            wanted = replace(wanted, q=clean(wanted.q, field="q", longest=LONGEST_QUERY))
        if wanted.account_type is not None and not is_account_type(wanted.account_type):
            return []
        return self.reads.profiles(wanted, before=before, limit=limit)


@dataclass(frozen=True, slots=True)
class ReadAccount:
    """One profile with its e-mail address; that it was read is on record before it is shown."""

    record_reading: RecordReading

    def __call__(self, *, actor: Actor, profile_id: ProfileId) -> AccountView:
        """Raises ``NotFound`` (``unknown_profile``)."""
        return self.record_reading(actor=actor, profile_id=profile_id, action="profile_read")


@dataclass(frozen=True, slots=True)
class ReadGrants:
    """The account types of one profile; raises ``NotFound`` (``unknown_profile``)."""

    reads: AccountReads

    def __call__(self, *, profile_id: ProfileId) -> Sequence[GrantView]:
        grants = self.reads.grants(profile_id)
        if grants is None:
            raise unknown_profile()
        return grants


@dataclass(frozen=True, slots=True)
class ListAccountTypes:
    """Every type, those that Stonks needs first."""

    reads: AccountReads

    def __call__(self) -> Sequence[AccountTypeView]:
        return self.reads.account_types()


@dataclass(frozen=True, slots=True)
class ReadAudit:
    """Who used which power over whom, the newest first."""

    reads: AccountReads

    def __call__(
        self, *, wanted: EntriesWanted, before: UUID | None = None, limit: int
    ) -> Sequence[AuditEntry]:
        """Raises ``Invalid`` for names that nobody and nothing could have."""
        for field, text in (("actor", wanted.by), ("action", wanted.action)):
            if text is not None:
                clean(text, field=field, longest=LONGEST_QUERY)
        return self.reads.audit(wanted, before=before, limit=limit)


@dataclass(frozen=True, slots=True)
class FindAccount:
    """Whose a username is, active or not; raises ``NotFound`` (``unknown_profile``)."""

    reads: AccountReads

    def __call__(self, *, username: str) -> ProfileId:
        found = self.reads.id_of(username) if is_username(username) else None
        if found is None:
            raise unknown_profile()
        return found
