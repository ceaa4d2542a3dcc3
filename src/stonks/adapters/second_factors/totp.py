"""Codes of RFC 6238."""

from dataclasses import dataclass
from datetime import datetime

from pyotp import TOTP, random_base32
from pyotp.utils import strings_equal

from stonks.domain.identity.totp import DIGITS, SKEW_STEPS, STEP_SECONDS, step_at


@dataclass(frozen=True, slots=True)
class PyotpCodes:
    """``TotpCodes`` by pyotp; ``issuer`` is what apps call this place."""

    issuer: str

    def new_secret(self) -> str:
        return random_base32(32)

    def step_of(self, secret: str, code: str, at: datetime) -> int | None:
        totp, now = _totp(secret), step_at(at)
        steps = range(now - SKEW_STEPS, now + SKEW_STEPS + 1)
        # each is compared, whichever matches, so that the time it takes tells nothing
        matching = [step for step in steps if strings_equal(code, totp.generate_otp(step))]
        return matching[-1] if matching else None

    def uri(self, secret: str, account: str) -> str:
        return _totp(secret).provisioning_uri(name=account, issuer_name=self.issuer)


def _totp(secret: str) -> TOTP:
    return TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
