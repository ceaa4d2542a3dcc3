"""Passkeys as fresh proof of who somebody is who is signed in already."""

from dataclasses import dataclass

from stonks.application.identity.passkeys.challenges import Challenges, bound_to_session
from stonks.application.identity.passkeys.check_passkey import CheckPasskey, refused
from stonks.application.identity.passkeys.limits import ASKED_BY_ADDRESS
from stonks.application.identity.passkeys.ports import Credential, PasskeyWork, Prompt
from stonks.application.identity.ports import Throttle
from stonks.application.identity.present import lock_alive
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Conflict, Forbidden, Unauthenticated
from stonks.domain.identity.ceremony import Purpose
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class AskForProof:
    """Give a challenge to this session and no other."""

    begin: Begin[PasskeyWork]
    challenges: Challenges
    throttle: Throttle
    now: Clock

    def __call__(self, *, actor: ProfileId, session_id: SessionId, address: str) -> Prompt:
        """Raises ``Conflict`` (``no_passkeys``) and ``Limited``."""
        self.throttle(ASKED_BY_ADDRESS, address)
        binding = bound_to_session(session_id)
        with self.begin() as work:
            allowed = work.passkeys.of(actor)
            if not allowed:
                raise Conflict("no_passkeys", "you have no passkey")
            challenge = self.challenges.give(
                work, Purpose.REAUTHENTICATE, at=self.now(), bound_to=binding, profile_id=actor
            )
        return Prompt(challenge, allowed, is_verification_required=False)


@dataclass(frozen=True, slots=True)
class ReauthenticateWithPasskey:
    """Let a session count as freshly proved.

    One that is a second factor proves by a touch what a code would; of any other the device
    must have checked who holds it.
    """

    begin: Begin[PasskeyWork]
    check: CheckPasskey
    now: Clock

    def __call__(self, *, session_id: SessionId, credential: Credential, address: str) -> None:
        """Raises ``Invalid`` (``passkey_malformed``), ``Limited``, and ``Forbidden``
        (``ceremony_over``, ``passkey_refused``, ``verification_required``): the session goes on.
        """
        try:
            self._prove(session_id, credential, address)
        except Unauthenticated as refusal:
            if refusal.code == "session_ended":
                raise
            raise Forbidden(refusal.code, refusal.detail) from None

    def _prove(self, session_id: SessionId, credential: Credential, address: str) -> None:
        checked = self.check(
            credential,
            purpose=Purpose.REAUTHENTICATE,
            address=address,
            bound_to=bound_to_session(session_id),
        )
        if not checked.passkey.is_second_factor:
            self.check.verified(checked)
        at = self.now()
        with self.begin() as work:
            owner = self.check.owner(work, checked)
            session = lock_alive(work, owner.id, session_id, at)
            used = self.check.use(work, checked, at)
            if used:
                session.prove(at=at)
                work.sessions.save(session)
        if not used:
            raise refused()
