"""Holding on to somebody who may have left meanwhile."""

from stonks.application.identity.ports import IdentityWork
from stonks.domain.errors import NotFound
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


def locked(work: IdentityWork, profile_id: ProfileId) -> Profile | None:
    """The profile, locked; None where it is gone or inactive."""
    try:
        profile = work.profiles.lock(profile_id)
    except NotFound:
        return None
    return profile if profile.active else None
