"""Who sends a push, proved to the push service (RFC 8292)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from stonks.adapters.webpush.keys import public_key
from stonks.application.ports import Clock

LIFETIME = timedelta(hours=12)
"""Services take 24 hours at most (RFC 8292, 2); the rest is for clocks that differ."""
RENEWED_BEFORE = timedelta(hours=6)
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Signed:
    """A proof for one push service, and when it ends."""

    authorization: str = field(repr=False)
    ends_at: datetime


class Vapid:
    """Signs for each push service once in some hours. ``subject`` is a ``mailto:`` or https URL."""

    def __init__(self, key: EllipticCurvePrivateKey, subject: str, now: Clock) -> None:
        self._key, self._subject, self._now = key, subject, now
        self._signed: dict[str, Signed] = {}
        self.public_key = public_key(key)
        """For browsers, as ``applicationServerKey``."""

    def authorization(self, origin: str) -> str:
        """The header ``Authorization`` for whatever is pushed to ``origin``."""
        now = self._now()
        signed = self._signed.get(origin)
        if signed is None or signed.ends_at - now < RENEWED_BEFORE:
            signed = self._sign(origin, now + LIFETIME)
        return signed.authorization

    def _sign(self, origin: str, ends_at: datetime) -> Signed:
        claims = {"aud": origin, "exp": int(ends_at.timestamp()), "sub": self._subject}
        token = jwt.encode(claims, self._key, algorithm="ES256")
        if len(self._signed) >= MOST_KEPT:
            self._signed.clear()  # anybody may name origins
        signed = self._signed[origin] = Signed(f"vapid t={token},k={self.public_key}", ends_at)
        return signed
