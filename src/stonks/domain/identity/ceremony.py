"""A ceremony: one exchange with an authenticator, from its challenge to its answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from stonks.domain.ids import ProfileId

CEREMONY_LASTS = timedelta(minutes=5)


class Purpose(StrEnum):
    """What a challenge was given for; it is good for nothing else."""

    REGISTER = "register"
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    REAUTHENTICATE = "reauthenticate"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What is kept of a challenge: never itself, only its digest.

    ``bound_to`` is the digest of what it was given to, a session or a half-signed-in token, and
    empty where it was given to anybody; ``profile_id`` is whose it is, where that is known.
    """

    digest: bytes
    purpose: Purpose
    bound_to: bytes
    profile_id: ProfileId | None
    expires_at: datetime


def challenge_digest(challenge: bytes) -> bytes:
    """SHA-256 of a challenge; enough, because a challenge is 256 random bits."""
    return sha256(challenge).digest()
