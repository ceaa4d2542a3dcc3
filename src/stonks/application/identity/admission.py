"""Letting somebody in who has proved who they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stonks.application.identity.grants import Grant, Grants
from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.second_factors.half import open_half
from stonks.domain.identity.half_session import HALF_SESSION_LASTS
from stonks.domain.identity.profile import Profile


@dataclass(frozen=True, slots=True)
class HalfSignedIn:
    """One proof was given, and another is asked for.

    ``token`` is good for that and nothing else, for ``expires_in`` seconds; ``ways`` are the
    second factors of this person: ``totp``, ``recovery_code``, ``passkey``.
    """

    token: str = field(repr=False)
    ways: Sequence[str]
    expires_in: int


Admitted = Grant | HalfSignedIn


@dataclass(frozen=True, slots=True)
class Admit:
    """Open a session, or ask for the second factor of a person who has one.

    Every way in ends here: password, link by mail, OIDC; only what is two factors by itself
    opens a session without it.
    """

    grants: Grants

    def __call__(
        self, work: IdentityWork, profile: Profile, *, device: str, at: datetime
    ) -> Admitted:
        """``profile`` is locked by this unit of work and active."""
        ways = work.second_factors.of(profile.id).ways
        if not ways:
            return self.grants.open(work, profile.id, device, at)
        token = self.grants.new_secret()
        open_half(work, profile.id, token, device, at)
        return HalfSignedIn(token, ways, int(HALF_SESSION_LASTS.total_seconds()))
