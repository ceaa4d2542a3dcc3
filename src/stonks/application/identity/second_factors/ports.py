"""What second factors need: a store inside identity's work, sealing, and codes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from stonks.domain.identity.half_session import HalfSession
from stonks.domain.identity.second_factors import SecondFactors
from stonks.domain.identity.totp import TotpEnrolment, TotpFactor
from stonks.domain.ids import ProfileId


class HalfSessionRepository(Protocol):
    """Logins that wait for a second factor; they end with the sessions of their person, too."""

    def add(self, half: HalfSession) -> None: ...

    def get(self, digest: bytes) -> HalfSession | None:
        """None where it is unknown or redeemed."""

    def remove(self, digest: bytes) -> bool:
        """False where it was gone already: of several at once one gets True."""

    def forget(self, at: datetime, most: int) -> int:
        """Remove those that are over at that time, as many as ``most``; how many they were.

        Those that another unit of work holds are left to it.
        """


class SecondFactorRepository(Protocol):
    """Second factors; who writes holds the lock of the person's profile."""

    def of(self, profile_id: ProfileId) -> SecondFactors:
        """Which this person has."""

    def enrol(self, enrolment: TotpEnrolment) -> None:
        """Keep it in place of the one before."""

    def enrolment(self, profile_id: ProfileId) -> TotpEnrolment | None: ...

    def end_enrolment(self, profile_id: ProfileId) -> None: ...

    def put_totp(self, factor: TotpFactor) -> None:
        """Keep it in place of the one before."""

    def totp(self, profile_id: ProfileId) -> TotpFactor | None: ...

    def use_step(self, profile_id: ProfileId, step: int) -> bool:
        """Use up all steps until this one; False where it was used, also by whoever is at it."""

    def end_totp(self, profile_id: ProfileId) -> bool:
        """False where there was none."""

    def put_codes(self, profile_id: ProfileId, digests: Collection[bytes], at: datetime) -> None:
        """Keep these recovery codes in place of all before; none at all end them."""

    def use_code(self, profile_id: ProfileId, digest: bytes, at: datetime) -> bool:
        """Use a recovery code up; False where it is unknown or used, also by whoever is at it."""

    def sealed(self, after: ProfileId | None, most: int) -> Sequence[TotpFactor]:
        """Factors in the order of their people's ids, held until the unit of work ends."""

    def reseal(self, profile_id: ProfileId, sealed: bytes) -> None:
        """Keep the same secret in another sealing."""


class SecondFactorReads(Protocol):
    def __call__(self, profile_id: ProfileId) -> SecondFactors:
        """Which this person has, as it is committed."""


class TotpCodes(Protocol):
    """Codes of RFC 6238 in the form of ``domain.identity.totp``."""

    def new_secret(self) -> str:
        """160 random bits in base32 (RFC 4226, 4)."""

    def step_of(self, secret: str, code: str, at: datetime) -> int | None:
        """The step that this code belongs to, the present one or a neighbour; None for none."""

    def uri(self, secret: str, account: str) -> str:
        """The ``otpauth://`` address that authenticator apps read."""


class NewRecoveryCodes(Protocol):
    def __call__(self) -> Sequence[str]:
        """Ten new codes, as people see them."""
