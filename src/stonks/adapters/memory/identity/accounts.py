"""Account types in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.identity.account_tables import AccountTables, GrantRow
from stonks.adapters.memory.identity.reads import own_view
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.identity.accounts.ports import (
    AccountTypeView,
    AccountView,
    EntriesWanted,
    GrantView,
    ProfilesWanted,
)
from stonks.application.identity.ports import AuditEntry
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.identity.account_type import BUILT_IN, MEMBER, AccountType
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.rank import Rank
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryAccountTypes:
    """``AccountTypeRepository`` on tables in memory."""

    tables: AccountTables

    def add(self, account_type: AccountType) -> None:
        if self.tables.types.get(account_type.name) is not None:
            raise Conflict("account_type_taken", "there is an account type of this name already")
        self.tables.types.put(account_type.name, account_type)

    def lock(self, name: str) -> AccountType:
        found = self.tables.types.get(name)
        if found is None:
            raise NotFound("unknown_account_type", "there is no such account type")
        return found

    def save(self, account_type: AccountType) -> None:
        self.tables.types.put(account_type.name, account_type)

    def remove(self, name: str) -> None:
        for key in self.tables.grants.keys(lambda key: key[1] == name):
            self.tables.grants.remove(key)
        self.tables.types.remove(name)

    def grant(self, profile_id: ProfileId, name: str, at: datetime, by: str) -> bool:
        if self.tables.grants.get((profile_id, name)) is not None:
            return False
        self.tables.grants.put((profile_id, name), GrantRow(profile_id, name, at, by))
        return True

    def revoke(self, profile_id: ProfileId, name: str) -> bool:
        return self.tables.grants.remove((profile_id, name))

    def rank(self, profile_id: ProfileId) -> Rank:
        return self.tables.rank(profile_id)


@dataclass(frozen=True, slots=True)
class MemoryAccountReads:
    """``AccountReads`` on tables in memory."""

    tables: IdentityTables

    def profiles(
        self, wanted: ProfilesWanted, *, before: ProfileId | None, limit: int
    ) -> Sequence[AccountView]:
        with self.tables.database.lock:
            rows = self.tables.profiles.where(lambda row: before is None or row.id < before)
            newest = sorted(rows, key=lambda row: row.id, reverse=True)
            views = [view for row in newest if _matches(view := self._view(row), wanted)]
        return views[:limit]

    def profile(self, profile_id: ProfileId) -> AccountView | None:
        with self.tables.database.lock:
            found = self.tables.profiles.get(profile_id)
            return self._view(found) if found else None

    def id_of(self, username: str) -> ProfileId | None:
        found = self.tables.named(username)
        return found.id if found else None

    def account_types(self) -> Sequence[AccountTypeView]:
        with self.tables.database.lock:
            types = self.tables.accounts.types.where(lambda row: True)
            views = [self._type_view(row) for row in types]
        return sorted(views, key=lambda view: (view.name not in BUILT_IN, view.name))

    def grants(self, profile_id: ProfileId) -> Sequence[GrantView] | None:
        accounts = self.tables.accounts
        with self.tables.database.lock:
            if self.tables.profiles.get(profile_id) is None:
                return None
            given = {row.name: row for row in accounts.given(profile_id)}
            types = [accounts.types.get(name) for name in (MEMBER, *given)]
        return [_grant_view(kind, given.get(kind.name)) for kind in types if kind]

    def audit(
        self, wanted: EntriesWanted, *, before: UUID | None, limit: int
    ) -> Sequence[AuditEntry]:
        with self.tables.database.lock:
            rows = self.tables.audit.where(
                lambda row: _tells(row, wanted) and (before is None or row.id < before)
            )
        return sorted(rows, key=lambda row: row.id, reverse=True)[:limit]

    def _view(self, profile: Profile) -> AccountView:
        given = [row.name for row in self.tables.accounts.given(profile.id)]
        deletion = self.tables.deletions.get(profile.id)
        deletes_at = deletion.due_at if deletion and deletion.erased_at is None else None
        return AccountView(own_view(profile), [MEMBER, *given], deletes_at)

    def _type_view(self, kind: AccountType) -> AccountTypeView:
        holders = self.tables.accounts.grants.keys(lambda key: key[1] == kind.name)
        return AccountTypeView(
            name=kind.name,
            description=kind.description,
            permissions=kind.allows,
            created_at=kind.created_at,
            created_by=kind.created_by,
            holders=len(holders),
        )


def _grant_view(kind: AccountType, row: GrantRow | None) -> GrantView:
    at, by = (row.granted_at, row.granted_by) if row else (None, None)
    return GrantView(kind.name, kind.allows, at, by)


def _matches(view: AccountView, wanted: ProfilesWanted) -> bool:
    profile = view.profile
    texts = (profile.username, profile.full_name, profile.email)
    return (
        (wanted.q is None or any(wanted.q.lower() in text.lower() for text in texts))
        and (wanted.active is None or profile.active == wanted.active)
        and (wanted.account_type is None or wanted.account_type in view.account_types)
    )


def _tells(entry: AuditEntry, wanted: EntriesWanted) -> bool:
    return (
        (wanted.actor is None or entry.actor == wanted.actor)
        and (wanted.by is None or entry.by.lower() == wanted.by.lower())
        and (wanted.action is None or entry.action == wanted.action)
        and (wanted.subject is None or entry.subject == wanted.subject)
    )
