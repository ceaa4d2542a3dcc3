"""Challenges: random, for one purpose, once, and soon over."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.passkeys.ports import NewBytes, PasskeyWork
from stonks.domain.identity.ceremony import (
    CEREMONY_LASTS,
    Ceremony,
    Purpose,
    challenge_digest,
)
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.ids import ProfileId, SessionId

ANYBODY = b""


@dataclass(frozen=True, slots=True)
class Challenges:
    """Give them out inside the unit of work of a use case."""

    new_bytes: NewBytes

    def give(
        self,
        work: PasskeyWork,
        purpose: Purpose,
        *,
        at: datetime,
        bound_to: bytes = ANYBODY,
        profile_id: ProfileId | None = None,
    ) -> bytes:
        challenge = self.new_bytes()
        over = at + CEREMONY_LASTS
        work.ceremonies.add(
            Ceremony(challenge_digest(challenge), purpose, bound_to, profile_id, over)
        )
        return challenge


def bound_to_session(session_id: SessionId) -> bytes:
    return session_id.bytes


def bound_to_secret(secret: str) -> bytes:
    """To whoever holds a secret, such as a half-signed-in token."""
    return digest_of(secret)
