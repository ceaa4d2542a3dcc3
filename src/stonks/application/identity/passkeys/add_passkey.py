"""Adding a passkey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.passkeys.challenges import bound_to_session
from stonks.application.identity.passkeys.changing import Changing
from stonks.application.identity.passkeys.limits import ADDED_BY_ACCOUNT, SHOWN_BY_ADDRESS
from stonks.application.identity.passkeys.ports import Credential, Made, PasskeyWork, WebAuthn
from stonks.application.identity.passkeys.start_passkey import too_many
from stonks.application.identity.ports import SessionSignals, Throttle
from stonks.application.identity.present import lock_signed_in
from stonks.application.mail.ports import MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.errors import Invalid
from stonks.domain.identity.ceremony import Purpose, challenge_digest
from stonks.domain.identity.passkey import MOST_PASSKEYS, Passkey, PasskeyId, check_passkey_name
from stonks.domain.ids import ProfileId, SessionId

UNNAMED = "Passkey"


@dataclass(frozen=True, slots=True)
class AddPasskey:
    """Keep a passkey that was made for a challenge of this session; the other sessions end."""

    begin: Begin[PasskeyWork]
    webauthn: WebAuthn
    throttle: Throttle
    changing: Changing
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(
        self,
        *,
        actor: ProfileId,
        session_id: SessionId,
        credential: Credential,
        address: str,
        name: str = UNNAMED,
        second_factor: bool = False,
    ) -> Passkey:
        """Raises ``Invalid`` (``passkey_malformed``, ``passkey_refused``, ``ceremony_over``),
        ``Conflict`` (``passkey_taken``, ``too_many_passkeys``), and as ``lock_signed_in`` does.
        """
        self.throttle(SHOWN_BY_ADDRESS, address)
        self.throttle(ADDED_BY_ACCOUNT, str(actor))
        name, at = check_passkey_name(name), self.now()
        made = self._made(credential, session_id, at)
        passkey = self._passkey(made, actor, name, at, second_factor)
        self.signals.ended(self._keep(passkey, session_id, at))
        return passkey

    def _made(self, credential: Credential, session_id: SessionId, at: datetime) -> Made:
        challenge, binding = self.webauthn.shown(credential).challenge, bound_to_session(session_id)
        with self.begin() as work:  # of its own: what fails later uses it up, too
            digest = challenge_digest(challenge)
            taken = work.ceremonies.take(digest, Purpose.REGISTER, binding, at)
        if taken is None:
            raise Invalid("ceremony_over", "this took too long, or was done before; start again")
        return self.webauthn.made(credential, challenge)

    def _passkey(
        self, made: Made, actor: ProfileId, name: str, at: datetime, second_factor: bool
    ) -> Passkey:
        return Passkey(
            id=PasskeyId(self.new_id()),
            profile_id=actor,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=name,
            transports=made.transports,
            is_backup_eligible=made.is_backup_eligible,
            is_backed_up=made.is_backed_up,
            is_second_factor=second_factor,
            created_at=at,
        )

    def _keep(self, passkey: Passkey, session_id: SessionId, at: datetime) -> Sequence[SessionId]:
        with self.begin() as work:
            profile = lock_signed_in(work, passkey.profile_id, session_id, at)
            if len(work.passkeys.of(profile.id)) >= MOST_PASSKEYS:
                raise too_many()
            work.passkeys.add(passkey)
            kind = MailKind.PASSKEY_ADDED
            return self.changing(work, profile, passkey, kind, but=session_id, at=at)
