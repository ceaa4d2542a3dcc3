"""Whether a passkey that somebody shows is theirs, whatever they show it for."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.passkeys.challenges import ANYBODY
from stonks.application.identity.passkeys.limits import SHOWN_BY_ACCOUNT, SHOWN_BY_ADDRESS
from stonks.application.identity.passkeys.ports import (
    Credential,
    KnownPasskey,
    PasskeyWork,
    Proof,
    Shown,
    WebAuthn,
)
from stonks.application.identity.ports import Throttle
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.errors import Invalid, NotFound, Unauthenticated
from stonks.domain.identity.ceremony import Ceremony, Purpose, challenge_digest
from stonks.domain.identity.passkey import Passkey
from stonks.domain.identity.profile import Profile


@dataclass(frozen=True, slots=True)
class Checked:
    """A passkey, and what it signed; the count is not looked at yet."""

    passkey: Passkey
    proof: Proof


@dataclass(frozen=True, slots=True)
class CheckPasskey:
    """Hold a credential against its challenge, its owner and its key.

    An unknown passkey, a foreign one and a wrong signature get one answer. The challenge is used
    up by the first try, whatever comes of it.
    """

    begin: Begin[PasskeyWork]
    webauthn: WebAuthn
    throttle: Throttle
    now: Clock
    new_id: NewId

    def __call__(
        self, credential: Credential, *, purpose: Purpose, address: str, bound_to: bytes = ANYBODY
    ) -> Checked:
        """Raises ``Invalid`` (``passkey_malformed``), ``Unauthenticated`` (``ceremony_over``,
        ``passkey_refused``) and ``Limited``.
        """
        self.throttle(SHOWN_BY_ADDRESS, address)
        shown = self.webauthn.shown(credential)
        ceremony, known = self._take(shown, purpose, bound_to)
        if known is None or not _fits(ceremony, known, shown):
            raise refused()
        self.throttle(SHOWN_BY_ACCOUNT, str(known.passkey.profile_id))
        return Checked(known.passkey, self._proof(credential, shown, known.passkey))

    def verified(self, checked: Checked) -> None:
        """Raises ``Unauthenticated`` (``verification_required``) where a touch was enough."""
        if not checked.proof.is_verified:
            detail = "your device has to check that it is you: set up a PIN or a fingerprint there"
            raise Unauthenticated("verification_required", detail)

    def owner(self, work: PasskeyWork, checked: Checked) -> Profile:
        """Locked; raises ``Unauthenticated`` (``passkey_refused``) for whoever is gone."""
        try:
            profile = work.profiles.lock(checked.passkey.profile_id)
        except NotFound:
            raise refused() from None
        if not profile.active:
            raise refused()
        return profile

    def use(self, work: PasskeyWork, checked: Checked, at: datetime) -> Profile | None:
        """Lock its owner and count the use; None where the count went back.

        Then there is a copy of the key somewhere: the owner is told, so commit before refusing.
        Raises ``Unauthenticated`` (``passkey_refused``) where it, or its owner, is gone meanwhile.
        """
        profile = self.owner(work, checked)
        known = work.passkeys.known(checked.passkey.credential_id)
        if known is None or known.passkey.id != checked.passkey.id:
            raise refused()
        passkey, proof = known.passkey, checked.proof
        if not passkey.accepts(proof.sign_count):
            values = {"name": passkey.name}
            kind = MailKind.PASSKEY_COPIED
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, values))
            return None
        passkey.use(sign_count=proof.sign_count, is_backed_up=proof.is_backed_up, at=at)
        work.passkeys.save(passkey)
        return profile

    def _take(
        self, shown: Shown, purpose: Purpose, bound_to: bytes
    ) -> tuple[Ceremony, KnownPasskey | None]:
        digest = challenge_digest(shown.challenge)
        with self.begin() as work:  # of its own: what fails later uses it up, too
            ceremony = work.ceremonies.take(digest, purpose, bound_to, self.now())
            known = work.passkeys.known(shown.credential_id)
        if ceremony is None:
            raise Unauthenticated(
                "ceremony_over", "this took too long, or was done before; start again"
            )
        return ceremony, known

    def _proof(self, credential: Credential, shown: Shown, passkey: Passkey) -> Proof:
        try:
            proof = self.webauthn.proved(credential, shown.challenge, passkey.public_key)
        except Invalid as invalid:
            if invalid.code == "passkey_refused":
                raise refused() from None
            raise
        if proof.is_backup_eligible is not passkey.is_backup_eligible:  # section 7.2: never changes
            raise refused()
        return proof


def _fits(ceremony: Ceremony, known: KnownPasskey, shown: Shown) -> bool:
    """Whether it belongs to whom the challenge was given, or else says itself whose it is."""
    if ceremony.profile_id is None:
        return shown.handle == known.handle
    is_theirs = known.passkey.profile_id == ceremony.profile_id
    return is_theirs and shown.handle in (None, known.handle)


def refused() -> Unauthenticated:
    return Unauthenticated("passkey_refused", "this passkey does not prove who you are here")
