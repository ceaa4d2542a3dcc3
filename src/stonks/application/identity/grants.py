"""Opening a session, and keeping it going."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stonks.application.identity.ports import AccessClaims, IdentityWork, NewSecret, Tokens
from stonks.application.ports import NewId
from stonks.domain.identity.refresh_token import RefreshToken, digest_of
from stonks.domain.identity.session import Session, device_name
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class Grant:
    """The tokens of a session, shown once. ``expires_in`` is in seconds, of the access token."""

    session_id: SessionId
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int


@dataclass(frozen=True, slots=True)
class Grants:
    """Give sessions their tokens, inside the unit of work of a use case."""

    tokens: Tokens
    new_secret: NewSecret
    new_id: NewId
    access_lifetime: timedelta
    refresh_lifetime: timedelta

    def open(self, work: IdentityWork, profile_id: ProfileId, device: str, at: datetime) -> Grant:
        """Begin a session of this person."""
        session = Session(
            id=SessionId(self.new_id()),
            profile_id=profile_id,
            device=device_name(device),
            started_at=at,
            used_at=at,
            expires_at=at + self.refresh_lifetime,
            proven_at=at,
        )
        work.sessions.add(session)
        return self._grant(work, session, at)

    def renew(self, work: IdentityWork, session: Session, at: datetime) -> Grant:
        """Keep a locked session going."""
        session.prolong(self.refresh_lifetime, at=at)
        work.sessions.save(session)
        return self._grant(work, session, at)

    def _grant(self, work: IdentityWork, session: Session, at: datetime) -> Grant:
        secret = self.new_secret()
        work.refresh_tokens.add(RefreshToken(digest_of(secret), session.id, issued_at=at))
        claims = AccessClaims(session.profile_id, session.id, at, at + self.access_lifetime)
        return Grant(
            session.id,
            self.tokens.issue(claims),
            secret,
            expires_in=int(self.access_lifetime.total_seconds()),
        )
