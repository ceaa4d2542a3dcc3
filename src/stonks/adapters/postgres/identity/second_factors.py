"""Second factors and half sessions on PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.passkeys import passkeys
from stonks.adapters.postgres.tables.second_factors import (
    half_sessions,
    recovery_codes,
    totp_enrolments,
    totp_factors,
)
from stonks.adapters.postgres.work import Reads
from stonks.domain.identity.half_session import HalfSession
from stonks.domain.identity.second_factors import SecondFactors
from stonks.domain.identity.totp import TotpEnrolment, TotpFactor
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresSecondFactors:
    """``SecondFactorRepository`` on the tables of second factors."""

    connection: Connection

    def of(self, profile_id: ProfileId) -> SecondFactors:
        return find_second_factors(self.connection, profile_id)

    def enrol(self, enrolment: TotpEnrolment) -> None:
        self._put(totp_enrolments, asdict(enrolment))

    def enrolment(self, profile_id: ProfileId) -> TotpEnrolment | None:
        row = self._one(totp_enrolments, profile_id)
        return TotpEnrolment(profile_id, bytes(row.sealed), row.started_at) if row else None

    def end_enrolment(self, profile_id: ProfileId) -> None:
        self._remove(totp_enrolments, profile_id)

    def put_totp(self, factor: TotpFactor) -> None:
        self._put(totp_factors, asdict(factor))

    def totp(self, profile_id: ProfileId) -> TotpFactor | None:
        row = self._one(totp_factors, profile_id)
        return _factor(row) if row else None

    def use_step(self, profile_id: ProfileId, step: int) -> bool:
        its = (totp_factors.c.profile_id == profile_id, totp_factors.c.last_step < step)
        return self._changes(update(totp_factors).where(*its).values(last_step=step))

    def end_totp(self, profile_id: ProfileId) -> bool:
        return self._remove(totp_factors, profile_id)

    def put_codes(self, profile_id: ProfileId, digests: Collection[bytes], at: datetime) -> None:
        self._remove(recovery_codes, profile_id)
        rows = [{"profile_id": profile_id, "hash": digest, "made_at": at} for digest in digests]
        if rows:
            self.connection.execute(insert(recovery_codes), rows)

    def use_code(self, profile_id: ProfileId, digest: bytes, at: datetime) -> bool:
        its = (recovery_codes.c.profile_id == profile_id, recovery_codes.c.hash == digest)
        unused = recovery_codes.c.used_at.is_(None)
        return self._changes(update(recovery_codes).where(*its, unused).values(used_at=at))

    def sealed(self, after: ProfileId | None, most: int) -> Sequence[TotpFactor]:
        query = select(totp_factors).order_by(totp_factors.c.profile_id).limit(most)
        if after is not None:
            query = query.where(totp_factors.c.profile_id > after)
        return [_factor(row) for row in self.connection.execute(query.with_for_update())]

    def reseal(self, profile_id: ProfileId, sealed: bytes) -> None:
        its = totp_factors.c.profile_id == profile_id
        self.connection.execute(update(totp_factors).where(its).values(sealed=sealed))

    def _put(self, table: Any, row: dict[str, Any]) -> None:
        upsert = insert(table).values(row)
        self.connection.execute(
            upsert.on_conflict_do_update(index_elements=["profile_id"], set_=row)
        )

    def _one(self, table: Any, profile_id: ProfileId) -> Row[Any] | None:
        query = select(table).where(table.c.profile_id == profile_id)
        return self.connection.execute(query).one_or_none()

    def _remove(self, table: Any, profile_id: ProfileId) -> bool:
        return self._changes(delete(table).where(table.c.profile_id == profile_id))

    def _changes(self, statement: Any) -> bool:
        return self.connection.execute(statement).rowcount > 0


@dataclass(frozen=True, slots=True)
class PostgresHalfSessions:
    """``HalfSessionRepository`` on the table ``half_sessions``."""

    connection: Connection

    def add(self, half: HalfSession) -> None:
        row = asdict(half)
        row["hash"] = row.pop("digest")
        self.connection.execute(insert(half_sessions).values(row))

    def get(self, digest: bytes) -> HalfSession | None:
        query = select(half_sessions).where(half_sessions.c.hash == digest)
        row = self.connection.execute(query).one_or_none()
        if row is None:
            return None
        person = ProfileId(row.profile_id)
        return HalfSession(bytes(row.hash), person, row.device, row.started_at, row.expires_at)

    def remove(self, digest: bytes) -> bool:
        done = self.connection.execute(delete(half_sessions).where(half_sessions.c.hash == digest))
        return done.rowcount > 0

    def forget(self, at: datetime, most: int) -> int:
        over = select(half_sessions.c.hash).where(half_sessions.c.expires_at <= at).limit(most)
        ours = over.with_for_update(skip_locked=True).scalar_subquery()
        return self.connection.execute(
            delete(half_sessions).where(half_sessions.c.hash.in_(ours))
        ).rowcount


@dataclass(frozen=True, slots=True)
class PostgresSecondFactorReads:
    """``SecondFactorReads``, one select on the primary."""

    reads: Reads

    def __call__(self, profile_id: ProfileId) -> SecondFactors:
        with self.reads.connect() as connection:
            return find_second_factors(connection, profile_id)


def find_second_factors(connection: Connection, profile_id: ProfileId) -> SecondFactors:
    """All kinds in one statement; a kind that comes later is one more count here."""
    unused = recovery_codes.c.used_at.is_(None)
    counts = (
        _count(totp_factors, profile_id),
        _count(recovery_codes, profile_id, unused),
        _count(passkeys, profile_id, passkeys.c.is_second_factor),
    )
    totp, codes, keys = connection.execute(select(*counts)).one()
    return SecondFactors(totp=totp > 0, passkeys=keys, recovery_codes_left=codes)


def _count(table: Any, profile_id: ProfileId, *also: ColumnElement[bool]) -> ScalarSelect[int]:
    its = table.c.profile_id == profile_id
    return select(func.count()).select_from(table).where(its, *also).scalar_subquery()


def _factor(row: Row[Any]) -> TotpFactor:
    person = ProfileId(row.profile_id)
    return TotpFactor(person, bytes(row.sealed), row.confirmed_at, row.last_step)
