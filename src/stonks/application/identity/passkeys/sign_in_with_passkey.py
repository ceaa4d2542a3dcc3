"""Signing in with a passkey and nothing else."""

from dataclasses import dataclass

from stonks.application.identity.grants import Grant, Grants
from stonks.application.identity.passkeys.challenges import Challenges
from stonks.application.identity.passkeys.check_passkey import CheckPasskey, refused
from stonks.application.identity.passkeys.limits import ASKED_BY_ADDRESS
from stonks.application.identity.passkeys.ports import Credential, PasskeyWork, Prompt
from stonks.application.identity.ports import Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.ceremony import Purpose
from stonks.domain.identity.profile import Profile


@dataclass(frozen=True, slots=True)
class AskForPasskey:
    """Give a challenge to anybody; whoever holds a passkey says by it who they are."""

    begin: Begin[PasskeyWork]
    challenges: Challenges
    throttle: Throttle
    now: Clock

    def __call__(self, *, address: str) -> Prompt:
        """Raises ``Limited``."""
        self.throttle(ASKED_BY_ADDRESS, address)
        with self.begin() as work:
            challenge = self.challenges.give(work, Purpose.SIGN_IN, at=self.now())
        return Prompt(challenge, (), is_verification_required=True)


@dataclass(frozen=True, slots=True)
class SignInWithPasskey:
    """Begin a session with a passkey whose device checked a finger, a face or a PIN.

    That is two factors by itself, what one has and what one is or knows, so that no other is
    asked for; and for the same reason one that checked nothing is not enough.
    """

    begin: Begin[PasskeyWork]
    check: CheckPasskey
    grants: Grants
    now: Clock

    def __call__(
        self, *, credential: Credential, device: str, address: str
    ) -> tuple[Profile, Grant]:
        """Raises as ``CheckPasskey``, and ``Unauthenticated`` (``verification_required``)."""
        checked = self.check(credential, purpose=Purpose.SIGN_IN, address=address)
        self.check.verified(checked)
        at = self.now()
        with self.begin() as work:
            profile = self.check.use(work, checked, at)
            grant = self.grants.open(work, profile.id, device, at) if profile else None
        if profile is None or grant is None:
            raise refused()
        return profile, grant
