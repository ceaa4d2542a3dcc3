"""Second factors and half sessions in memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from stonks.adapters.memory.database import Database, Table
from stonks.adapters.memory.identity.passkey_tables import PasskeyTables
from stonks.domain.identity.half_session import HalfSession
from stonks.domain.identity.second_factors import SecondFactors
from stonks.domain.identity.totp import TotpEnrolment, TotpFactor
from stonks.domain.ids import ProfileId

CodeKey = tuple[ProfileId, bytes]


@dataclass(frozen=True, slots=True)
class CodeRow:
    key: CodeKey
    used_at: datetime | None = None


@dataclass(slots=True)
class SecondFactorTables:
    """The tables of second factors."""

    database: Database
    passkeys: PasskeyTables
    totp: Table[ProfileId, TotpFactor] = field(init=False)
    enrolments: Table[ProfileId, TotpEnrolment] = field(init=False)
    codes: Table[CodeKey, CodeRow] = field(init=False)
    half_sessions: Table[bytes, HalfSession] = field(init=False)

    def __post_init__(self) -> None:
        self.totp = Table(self.database)
        self.enrolments = Table(self.database)
        self.codes = Table(self.database)
        self.half_sessions = Table(self.database)

    def of(self, profile_id: ProfileId) -> SecondFactors:
        """A kind that comes later is one more count here."""
        with self.database.lock:
            unused = self.codes.where(lambda row: row.key[0] == profile_id and row.used_at is None)
            return SecondFactors(
                totp=self.totp.get(profile_id) is not None,
                passkeys=self.passkeys.second_factors(profile_id),
                recovery_codes_left=len(unused),
            )

    def end_halves(self, profile_id: ProfileId) -> None:
        for half in self.half_sessions.where(lambda row: row.profile_id == profile_id):
            self.half_sessions.remove(half.digest)


@dataclass(frozen=True, slots=True)
class MemorySecondFactors:
    """``SecondFactorRepository`` on tables in memory."""

    tables: SecondFactorTables

    def of(self, profile_id: ProfileId) -> SecondFactors:
        return self.tables.of(profile_id)

    def enrol(self, enrolment: TotpEnrolment) -> None:
        self.tables.enrolments.put(enrolment.profile_id, enrolment)

    def enrolment(self, profile_id: ProfileId) -> TotpEnrolment | None:
        return self.tables.enrolments.get(profile_id)

    def end_enrolment(self, profile_id: ProfileId) -> None:
        self.tables.enrolments.remove(profile_id)

    def put_totp(self, factor: TotpFactor) -> None:
        self.tables.totp.put(factor.profile_id, factor)

    def totp(self, profile_id: ProfileId) -> TotpFactor | None:
        return self.tables.totp.get(profile_id)

    def use_step(self, profile_id: ProfileId, step: int) -> bool:
        factor = self.tables.totp.get(profile_id)
        if factor is None or factor.last_step >= step:
            return False
        self.tables.totp.put(profile_id, replace(factor, last_step=step))
        return True

    def end_totp(self, profile_id: ProfileId) -> bool:
        return self.tables.totp.remove(profile_id)

    def put_codes(self, profile_id: ProfileId, digests: Collection[bytes], at: datetime) -> None:
        for key in self.tables.codes.keys(lambda key: key[0] == profile_id):
            self.tables.codes.remove(key)
        for digest in digests:
            self.tables.codes.put((profile_id, digest), CodeRow((profile_id, digest)))

    def use_code(self, profile_id: ProfileId, digest: bytes, at: datetime) -> bool:
        row = self.tables.codes.get((profile_id, digest))
        if row is None or row.used_at is not None:
            return False
        self.tables.codes.put(row.key, replace(row, used_at=at))
        return True

    def sealed(self, after: ProfileId | None, most: int) -> Sequence[TotpFactor]:
        factors = self.tables.totp.where(lambda row: after is None or row.profile_id > after)
        return sorted(factors, key=lambda row: row.profile_id)[:most]

    def reseal(self, profile_id: ProfileId, sealed: bytes) -> None:
        if factor := self.tables.totp.get(profile_id):
            self.tables.totp.put(profile_id, replace(factor, sealed=sealed))


@dataclass(frozen=True, slots=True)
class MemoryHalfSessions:
    """``HalfSessionRepository`` on tables in memory."""

    tables: SecondFactorTables

    def add(self, half: HalfSession) -> None:
        self.tables.half_sessions.put(half.digest, half)

    def get(self, digest: bytes) -> HalfSession | None:
        return self.tables.half_sessions.get(digest)

    def remove(self, digest: bytes) -> bool:
        return self.tables.half_sessions.remove(digest)

    def forget(self, at: datetime, most: int) -> int:
        over = self.tables.half_sessions.where(lambda row: not row.is_open(at))[:most]
        return sum(self.remove(half.digest) for half in over)


@dataclass(frozen=True, slots=True)
class MemorySecondFactorReads:
    """``SecondFactorReads`` on tables in memory."""

    tables: SecondFactorTables

    def __call__(self, profile_id: ProfileId) -> SecondFactors:
        return self.tables.of(profile_id)
