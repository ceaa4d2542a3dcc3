"""Passkeys and ceremonies on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from stonks.adapters.postgres.tables.external import external_identities
from stonks.adapters.postgres.tables.identity import passwords, profile
from stonks.adapters.postgres.tables.mail_links import email_proofs
from stonks.adapters.postgres.tables.passkeys import ceremonies, passkey_handles, passkeys
from stonks.adapters.postgres.work import refusing
from stonks.application.identity.passkeys.ports import KnownPasskey
from stonks.domain.errors import Conflict
from stonks.domain.identity.ceremony import Ceremony, Purpose
from stonks.domain.identity.passkey import Passkey, PasskeyId
from stonks.domain.identity.ways_in import WaysIn
from stonks.domain.ids import ProfileId


def _taken() -> Conflict:
    return Conflict("passkey_taken", "this passkey belongs to an account already")


TAKEN = {"passkeys_credential_id_key": _taken}


@dataclass(frozen=True, slots=True)
class PostgresPasskeys:
    """``PasskeyRepository`` on the tables ``passkeys`` and ``passkey_handles``."""

    connection: Connection

    def handle(self, profile_id: ProfileId, new: bytes) -> bytes:
        row = upsert(passkey_handles).values(profile_id=profile_id, handle=new)
        self.connection.execute(row.on_conflict_do_nothing(index_elements=["profile_id"]))
        mine = passkey_handles.c.profile_id == profile_id
        return bytes(self.connection.scalars(select(passkey_handles.c.handle).where(mine)).one())

    def add(self, passkey: Passkey) -> None:
        with refusing(TAKEN):
            self.connection.execute(insert(passkeys).values(_row(passkey)))

    def of(self, profile_id: ProfileId) -> Sequence[Passkey]:
        query = select(passkeys).where(passkeys.c.profile_id == profile_id)
        rows = self.connection.execute(query.order_by(passkeys.c.created_at, passkeys.c.id))
        return [_passkey(row) for row in rows]

    def known(self, credential_id: bytes) -> KnownPasskey | None:
        both = passkeys.join(passkey_handles, passkey_handles.c.profile_id == passkeys.c.profile_id)
        query = select(passkeys, passkey_handles.c.handle).select_from(both)
        found = query.where(passkeys.c.credential_id == credential_id)
        row = self.connection.execute(found).one_or_none()
        return KnownPasskey(_passkey(row), bytes(row.handle)) if row else None

    def save(self, passkey: Passkey) -> None:
        change = update(passkeys).where(passkeys.c.id == passkey.id)
        self.connection.execute(change.values(_row(passkey)))

    def remove(self, passkey_id: PasskeyId) -> None:
        self.connection.execute(delete(passkeys).where(passkeys.c.id == passkey_id))

    def ways_in(self, profile_id: ProfileId) -> WaysIn:
        return find_ways_in(self.connection, profile_id)


@dataclass(frozen=True, slots=True)
class PostgresCeremonies:
    """``Ceremonies`` on the table ``ceremonies``."""

    connection: Connection

    def add(self, ceremony: Ceremony) -> None:
        self.connection.execute(insert(ceremonies).values(asdict(ceremony)))

    def take(
        self, digest: bytes, purpose: Purpose, bound_to: bytes, at: datetime
    ) -> Ceremony | None:
        fits = (
            ceremonies.c.digest == digest,
            ceremonies.c.purpose == purpose,
            ceremonies.c.bound_to == bound_to,
            ceremonies.c.expires_at > at,
        )
        taken = delete(ceremonies).where(*fits).returning(ceremonies)
        row = self.connection.execute(taken).one_or_none()
        return _ceremony(row) if row else None

    def purge(self, at: datetime, *, most: int) -> int:
        over = (
            select(ceremonies.c.digest)
            .where(ceremonies.c.expires_at <= at)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        gone = delete(ceremonies).where(ceremonies.c.digest.in_(over))
        return self.connection.execute(gone).rowcount


def find_ways_in(connection: Connection, profile_id: ProfileId) -> WaysIn:
    """All of them in one statement."""
    proof = email_proofs.join(profile, profile.c.id == email_proofs.c.profile_id)
    is_current = func.lower(email_proofs.c.email) == func.lower(profile.c.email)
    counts = (
        _count(passwords, passwords.c.profile_id == profile_id),
        _count(proof, email_proofs.c.profile_id == profile_id, is_current),
        _count(passkeys, passkeys.c.profile_id == profile_id),
        _count(external_identities, external_identities.c.profile_id == profile_id),
    )
    has_password, is_proven, keys, identities = connection.execute(select(*counts)).one()
    return WaysIn(has_password > 0, is_proven > 0, keys, identities)


def _count(table: FromClause, *matches: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*matches).scalar_subquery()


def _row(passkey: Passkey) -> dict[str, Any]:
    return asdict(passkey) | {"transports": list(passkey.transports)}


def _passkey(row: Row[Any]) -> Passkey:
    return Passkey(
        id=PasskeyId(row.id),
        profile_id=ProfileId(row.profile_id),
        credential_id=bytes(row.credential_id),
        public_key=bytes(row.public_key),
        sign_count=row.sign_count,
        name=row.name,
        transports=tuple(row.transports),
        is_backup_eligible=row.is_backup_eligible,
        is_backed_up=row.is_backed_up,
        is_second_factor=row.is_second_factor,
        created_at=row.created_at,
        used_at=row.used_at,
    )


def _ceremony(row: Row[Any]) -> Ceremony:
    owner = None if row.profile_id is None else ProfileId(row.profile_id)
    return Ceremony(
        bytes(row.digest), Purpose(row.purpose), bytes(row.bound_to), owner, row.expires_at
    )
