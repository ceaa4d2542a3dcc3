"""Logins between their first proof and their second."""

from datetime import datetime

from stonks.application.identity.ports import IdentityWork
from stonks.domain.errors import NotFound, Unauthenticated
from stonks.domain.identity.half_session import HALF_SESSION_LASTS, HalfSession
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.session import device_name
from stonks.domain.ids import ProfileId


def open_half(
    work: IdentityWork, profile_id: ProfileId, token: str, device: str, at: datetime
) -> None:
    """Let ``token``, which nobody had before, wait for this person's second factor."""
    half = HalfSession(
        digest_of(token), profile_id, device_name(device), at, at + HALF_SESSION_LASTS
    )
    work.half_sessions.add(half)


def find_half(work: IdentityWork, token: str, at: datetime) -> HalfSession:
    """Whose login a token is; takes nothing and locks nothing.

    For counting guesses before they are checked. Raises ``Unauthenticated``
    (``mfa_token_invalid``) where it is unknown, used, or too old.
    """
    half = work.half_sessions.get(digest_of(token))
    if half is None or not half.is_open(at):
        raise mfa_token_invalid()
    return half


def redeem_half(work: IdentityWork, token: str, at: datetime) -> tuple[Profile, HalfSession]:
    """Lock the person, and use the token up; raise afterwards where the second proof fails.

    That rolls back, so that a token is used by a success alone, and of several at once one
    gets through. Whoever comes here opens the session with ``Grants.open``, never ``Admit``.
    Raises as ``find_half`` does, also where the person has left.
    """
    half = find_half(work, token, at)
    try:
        profile = work.profiles.lock(half.profile_id)
    except NotFound:
        raise mfa_token_invalid() from None
    if not profile.active or not work.half_sessions.remove(half.digest):
        raise mfa_token_invalid()
    return profile, half


def mfa_token_invalid() -> Unauthenticated:
    return Unauthenticated("mfa_token_invalid", "this login is unknown, used or too old; log in")
