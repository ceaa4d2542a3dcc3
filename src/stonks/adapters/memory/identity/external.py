"""Identities of other issuers in memory, and who is on the way to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from stonks.adapters.memory.database import Table
from stonks.adapters.memory.identity.external_tables import ExternalTables
from stonks.domain.errors import Conflict
from stonks.domain.identity.external_flow import EntryCode, ExternalFlow
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.ids import ProfileId

Over = TypeVar("Over", ExternalFlow, EntryCode)


@dataclass(frozen=True, slots=True)
class MemoryExternalIdentities:
    """``ExternalIdentities`` on tables in memory."""

    tables: ExternalTables

    def add(self, identity: ExternalIdentity) -> None:
        if self.find(identity.issuer, identity.subject) is not None:
            raise Conflict("identity_taken", "this identity is linked to another account")
        self.tables.identities.put(identity.id, identity)

    def find(self, issuer: str, subject: str) -> ExternalIdentity | None:
        return self.tables.identities.first(
            lambda row: (row.issuer, row.subject) == (issuer, subject)
        )

    def of(self, profile_id: ProfileId) -> Sequence[ExternalIdentity]:
        return sorted(self.tables.of(profile_id), key=lambda row: (row.linked_at, row.id))

    def save(self, identity: ExternalIdentity) -> None:
        self.tables.identities.put(identity.id, identity)

    def remove(self, identity_id: ExternalIdentityId) -> None:
        self.tables.identities.remove(identity_id)


@dataclass(frozen=True, slots=True)
class MemoryExternalFlows:
    """``ExternalFlows`` on tables in memory."""

    tables: ExternalTables

    def add(self, flow: ExternalFlow) -> None:
        self.tables.flows.put(flow.state, flow)

    def take(self, state: bytes, browser: bytes, provider: str) -> ExternalFlow | None:
        flow = self.tables.flows.get(state)
        if flow is None or (flow.browser, flow.provider) != (browser, provider):
            return None
        self.tables.flows.remove(state)
        return flow

    def purge(self, before: datetime, at_most: int) -> int:
        return _purge(self.tables.flows, before, at_most)


@dataclass(frozen=True, slots=True)
class MemoryEntryCodes:
    """``EntryCodes`` on tables in memory."""

    tables: ExternalTables

    def add(self, code: EntryCode) -> None:
        self.tables.codes.put(code.code, code)

    def find(self, code: bytes, browser: bytes) -> EntryCode | None:
        entry = self.tables.codes.get(code)
        return entry if entry and entry.browser == browser else None

    def take(self, code: bytes, browser: bytes) -> EntryCode | None:
        entry = self.find(code, browser)
        if entry is not None:
            self.tables.codes.remove(code)
        return entry

    def purge(self, before: datetime, at_most: int) -> int:
        return _purge(self.tables.codes, before, at_most)


def _purge(table: Table[bytes, Over], before: datetime, at_most: int) -> int:
    over = table.keys(lambda key: table.rows[key].is_over(before))[:at_most]
    return sum(table.remove(key) for key in over)
