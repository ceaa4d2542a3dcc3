"""Codes that an authenticator app shows (RFC 6238): SHA-1, 6 digits, 30 seconds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stonks.domain.ids import ProfileId

DIGITS = 6
STEP_SECONDS = 30
SKEW_STEPS = 1  # RFC 6238, 5.2: one step of delay, and as much for a clock that is ahead
ENROLMENT_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TotpEnrolment:
    """A secret that was shown, and counts for nothing until a code of it is."""

    profile_id: ProfileId
    sealed: bytes = field(repr=False)
    started_at: datetime

    def is_open(self, at: datetime) -> bool:
        return at - self.started_at < ENROLMENT_LASTS


@dataclass(frozen=True, slots=True)
class TotpFactor:
    """An authenticator app that was confirmed; ``last_step`` is the newest step already used."""

    profile_id: ProfileId
    sealed: bytes = field(repr=False)
    confirmed_at: datetime
    last_step: int


def step_at(at: datetime) -> int:
    """The time step of RFC 6238, 4.2, counted from the epoch of Unix."""
    return int(at.timestamp()) // STEP_SECONDS


def code_digits(typed: str) -> str | None:
    """The six digits of a code as people type it; None for what is no such code."""
    digits = "".join(typed.split()).replace("-", "")
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdecimal() else None
