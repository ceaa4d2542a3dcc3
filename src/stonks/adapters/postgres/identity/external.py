"""Identities of other issuers on PostgreSQL, and who is on the way to one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, select, update

from stonks.adapters.postgres.tables.external import (
    entry_codes,
    external_flows,
    external_identities,
)
from stonks.adapters.postgres.work import refusing
from stonks.domain.errors import Conflict
from stonks.domain.identity.external_flow import EntryCode, ExternalFlow, Link
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.ids import ProfileId, SessionId


def _taken() -> Conflict:
    return Conflict("identity_taken", "this identity is linked to another account")


TAKEN = {"external_identities_issuer_subject_key": _taken}


@dataclass(frozen=True, slots=True)
class PostgresExternalIdentities:
    """``ExternalIdentities`` on the table ``external_identities``."""

    connection: Connection

    def add(self, identity: ExternalIdentity) -> None:
        with refusing(TAKEN):
            self.connection.execute(insert(external_identities).values(asdict(identity)))

    def find(self, issuer: str, subject: str) -> ExternalIdentity | None:
        named = (external_identities.c.issuer == issuer, external_identities.c.subject == subject)
        row = self.connection.execute(select(external_identities).where(*named)).one_or_none()
        return ExternalIdentity(**row._mapping) if row else None

    def of(self, profile_id: ProfileId) -> Sequence[ExternalIdentity]:
        query = select(external_identities).where(external_identities.c.profile_id == profile_id)
        order = (external_identities.c.linked_at, external_identities.c.id)
        rows = self.connection.execute(query.order_by(*order))
        return [ExternalIdentity(**row._mapping) for row in rows]

    def save(self, identity: ExternalIdentity) -> None:
        change = update(external_identities).where(external_identities.c.id == identity.id)
        self.connection.execute(change.values(asdict(identity)))

    def remove(self, identity_id: ExternalIdentityId) -> None:
        gone = delete(external_identities).where(external_identities.c.id == identity_id)
        self.connection.execute(gone)


@dataclass(frozen=True, slots=True)
class PostgresExternalFlows:
    """``ExternalFlows`` on the table ``external_flows``."""

    connection: Connection

    def add(self, flow: ExternalFlow) -> None:
        row = {
            "state": flow.state,
            "browser": flow.browser,
            "provider": flow.provider,
            "nonce": flow.nonce,
            "verifier": flow.verifier,
            "next": flow.next,
            "profile_id": flow.link.profile_id if flow.link else None,
            "session_id": flow.link.session_id if flow.link else None,
            "expires_at": flow.expires_at,
        }
        self.connection.execute(insert(external_flows).values(row))

    def take(self, state: bytes, browser: bytes, provider: str) -> ExternalFlow | None:
        fits = (
            external_flows.c.state == state,
            external_flows.c.browser == browser,
            external_flows.c.provider == provider,
        )
        taken = delete(external_flows).where(*fits).returning(external_flows)
        row = self.connection.execute(taken).one_or_none()
        return _flow(row) if row else None

    def purge(self, before: datetime, at_most: int) -> int:
        return _purge(self.connection, external_flows, external_flows.c.state, before, at_most)


@dataclass(frozen=True, slots=True)
class PostgresEntryCodes:
    """``EntryCodes`` on the table ``entry_codes``."""

    connection: Connection

    def add(self, code: EntryCode) -> None:
        self.connection.execute(insert(entry_codes).values(asdict(code)))

    def find(self, code: bytes, browser: bytes) -> EntryCode | None:
        fits = (entry_codes.c.code == code, entry_codes.c.browser == browser)
        row = self.connection.execute(select(entry_codes).where(*fits)).one_or_none()
        return _code(row) if row else None

    def take(self, code: bytes, browser: bytes) -> EntryCode | None:
        fits = (entry_codes.c.code == code, entry_codes.c.browser == browser)
        taken = delete(entry_codes).where(*fits).returning(entry_codes)
        row = self.connection.execute(taken).one_or_none()
        return _code(row) if row else None

    def purge(self, before: datetime, at_most: int) -> int:
        return _purge(self.connection, entry_codes, entry_codes.c.code, before, at_most)


def _purge(
    connection: Connection, table: Table, key: ColumnElement[bytes], before: datetime, at_most: int
) -> int:
    over = select(key).where(table.c.expires_at <= before).limit(at_most)
    gone = delete(table).where(key.in_(over.with_for_update(skip_locked=True)))
    return connection.execute(gone).rowcount


def _flow(row: Row[Any]) -> ExternalFlow:
    owner = row.profile_id
    return ExternalFlow(
        state=bytes(row.state),
        browser=bytes(row.browser),
        provider=row.provider,
        nonce=row.nonce,
        verifier=row.verifier,
        next=row.next,
        link=None if owner is None else Link(ProfileId(owner), SessionId(row.session_id)),
        expires_at=row.expires_at,
    )


def _code(row: Row[Any]) -> EntryCode:
    return EntryCode(bytes(row.code), bytes(row.browser), ProfileId(row.profile_id), row.expires_at)
