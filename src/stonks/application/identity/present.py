"""Holding a person who is there, and the session in which they ask."""

from datetime import datetime

from stonks.application.identity.ports import IdentityWork
from stonks.domain.errors import NotFound, Unauthenticated
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId


def lock_present(work: IdentityWork, profile_id: ProfileId) -> Profile:
    """Raises ``Unauthenticated`` (``session_ended``) where they were put out just now."""
    try:
        profile = work.profiles.lock(profile_id)
    except NotFound:
        raise session_ended() from None
    if not profile.active:
        raise session_ended()
    return profile


def lock_signed_in(
    work: IdentityWork, profile_id: ProfileId, session_id: SessionId, at: datetime
) -> Profile:
    """The person, locked with the session in which they ask; for changes of credentials.

    Whoever was let in before the lock may have been put out since: raises ``Unauthenticated``
    (``session_ended``) also where that session is over by now, or another's.
    """
    profile = lock_present(work, profile_id)
    lock_alive(work, profile_id, session_id, at)
    return profile


def lock_alive(
    work: IdentityWork, profile_id: ProfileId, session_id: SessionId, at: datetime
) -> Session:
    """The session alone, of a person who is locked before; raises the same."""
    try:
        session = work.sessions.lock(session_id)
    except NotFound:
        raise session_ended() from None
    if session.profile_id != profile_id or not session.is_alive(at):
        raise session_ended()
    return session


def session_ended() -> Unauthenticated:
    return Unauthenticated("session_ended", "this session is over; log in again")
