"""Passkeys as the second factor of a login."""

from dataclasses import dataclass

from stonks.application.identity.grants import Grant, Grants
from stonks.application.identity.passkeys.challenges import Challenges, bound_to_secret
from stonks.application.identity.passkeys.check_passkey import CheckPasskey, refused
from stonks.application.identity.passkeys.limits import ASKED_BY_ADDRESS
from stonks.application.identity.passkeys.ports import Credential, PasskeyWork, Prompt
from stonks.application.identity.ports import Throttle
from stonks.application.identity.second_factors.half import (
    find_half,
    mfa_token_invalid,
    redeem_half,
)
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Conflict
from stonks.domain.identity.ceremony import Purpose
from stonks.domain.identity.profile import Profile


@dataclass(frozen=True, slots=True)
class AskForSecondFactor:
    """Give a challenge to whoever holds a half-signed-in token."""

    begin: Begin[PasskeyWork]
    challenges: Challenges
    throttle: Throttle
    now: Clock

    def __call__(self, *, mfa_token: str, address: str) -> Prompt:
        """Raises ``Unauthenticated`` (``mfa_token_invalid``), ``Conflict`` (``no_passkeys``)."""
        self.throttle(ASKED_BY_ADDRESS, address)
        at, binding = self.now(), bound_to_secret(mfa_token)
        with self.begin() as work:
            owner = find_half(work, mfa_token, at).profile_id
            allowed = [one for one in work.passkeys.of(owner) if one.is_second_factor]
            if not allowed:
                raise Conflict("no_passkeys", "none of your passkeys is a second factor")
            challenge = self.challenges.give(
                work, Purpose.SECOND_FACTOR, at=at, bound_to=binding, profile_id=owner
            )
        return Prompt(challenge, allowed, is_verification_required=False)


@dataclass(frozen=True, slots=True)
class FinishLoginWithPasskey:
    """Begin the session of a half-signed-in person who shows one of their passkeys."""

    begin: Begin[PasskeyWork]
    check: CheckPasskey
    grants: Grants
    now: Clock

    def __call__(
        self, *, mfa_token: str, credential: Credential, device: str, address: str
    ) -> tuple[Profile, Grant]:
        """Raises as ``CheckPasskey``, and ``Unauthenticated`` (``mfa_token_invalid``)."""
        checked = self.check(
            credential,
            purpose=Purpose.SECOND_FACTOR,
            address=address,
            bound_to=bound_to_secret(mfa_token),
        )
        if not checked.passkey.is_second_factor:
            raise refused()
        at = self.now()
        with self.begin() as work:
            profile, half = redeem_half(work, mfa_token, at)
            if half.profile_id != checked.passkey.profile_id:
                raise mfa_token_invalid()
            used = self.check.use(work, checked, at)
            grant = self.grants.open(work, profile.id, device, at) if used else None
        if grant is None:
            raise refused()
        return profile, grant
