"""The way to an issuer and back, and what is left of it afterwards."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stonks.domain.ids import ProfileId, SessionId

FLOW_LASTS = timedelta(minutes=10)
CODE_LASTS = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Link:
    """Who wants to link an identity, and in which session they proved who they are."""

    profile_id: ProfileId
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ExternalFlow:
    """Somebody sent to an issuer, who comes back once, to the browser that was sent.

    ``state`` and ``browser`` are digests. ``next`` is the page of this site that comes after;
    without one the answer is for a program. ``link`` is None where somebody signs in.
    """

    state: bytes
    browser: bytes
    provider: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    next: str | None
    link: Link | None
    expires_at: datetime

    @property
    def profile_id(self) -> ProfileId | None:
        """Who began it, where it was not nobody."""
        return self.link.profile_id if self.link else None

    def is_over(self, at: datetime) -> bool:
        return at >= self.expires_at


@dataclass(frozen=True, slots=True)
class EntryCode:
    """Stands for somebody who has come back, until their page changes it for a session.

    ``code`` and ``browser`` are digests.
    """

    code: bytes
    browser: bytes
    profile_id: ProfileId
    expires_at: datetime

    def is_over(self, at: datetime) -> bool:
        return at >= self.expires_at
