"""Beginning with an authenticator app."""

from dataclasses import dataclass, field

from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.present import lock_signed_in
from stonks.application.identity.second_factors.check_code import totp_context
from stonks.application.identity.second_factors.ports import TotpCodes
from stonks.application.ports import Begin, Clock, Sealer
from stonks.domain.identity.totp import TotpEnrolment
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class NewTotp:
    """A secret, shown once: in base32 to type, and as the address that a QR code carries."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StartTotp:
    """Show a new secret, which counts for nothing until a code of it is shown in return.

    An app that was confirmed before stays the one until then; a secret that was shown before and
    never confirmed is forgotten.
    """

    begin: Begin[IdentityWork]
    sealer: Sealer
    codes: TotpCodes
    now: Clock

    def __call__(self, *, actor: ProfileId, session_id: SessionId) -> NewTotp:
        """Raises as ``lock_signed_in`` does, and ``Unavailable`` (``sealing_key_missing``)."""
        secret = self.codes.new_secret()
        sealed = self.sealer.seal(secret.encode(), context=totp_context(actor))
        at = self.now()
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            work.second_factors.enrol(TotpEnrolment(actor, sealed, at))
        return NewTotp(secret, self.codes.uri(secret, profile.username))
