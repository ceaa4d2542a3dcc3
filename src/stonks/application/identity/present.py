"""Holding a person who is there."""

from stonks.application.identity.ports import IdentityWork
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


def lock_present(work: IdentityWork, profile_id: ProfileId) -> Profile:
    """Raises ``Unauthenticated`` (``session_ended``) where they were put out just now."""
    profile = work.profiles.lock(profile_id)
    if not profile.active:
        raise Unauthenticated("session_ended", "this session is over; log in again")
    return profile
