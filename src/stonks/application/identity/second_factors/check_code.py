"""Whether a code is right."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.second_factors.ports import TotpCodes
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import NewId, Sealer
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.recovery_code import recovery_digest
from stonks.domain.identity.totp import code_digits
from stonks.domain.ids import ProfileId


def totp_context(profile_id: ProfileId) -> str:
    """What a secret is sealed for, so that a row copied to another person does not open."""
    return f"totp:{profile_id}"


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Use up a code of somebody's authenticator app, or one of their recovery codes.

    Six digits are the app's, everything else is a recovery code. A code of the app is used with
    its time step and all earlier ones, a recovery code for good; its owner is told by mail.
    """

    sealer: Sealer
    codes: TotpCodes
    new_id: NewId

    def __call__(self, work: IdentityWork, profile: Profile, typed: str, at: datetime) -> bool:
        """False where it is wrong or used; ``profile`` is locked by this unit of work.

        Raises ``Unavailable`` (``sealing_key_missing``).
        """
        if digits := code_digits(typed):
            return self._totp(work, profile.id, digits, at)
        return self._recovery_code(work, profile, typed, at)

    def _totp(self, work: IdentityWork, profile_id: ProfileId, digits: str, at: datetime) -> bool:
        factor = work.second_factors.totp(profile_id)
        if factor is None:
            return False
        secret = self.sealer.open(factor.sealed, context=totp_context(profile_id)).decode()
        step = self.codes.step_of(secret, digits, at)
        return step is not None and work.second_factors.use_step(profile_id, step)

    def _recovery_code(
        self, work: IdentityWork, profile: Profile, typed: str, at: datetime
    ) -> bool:
        digest = recovery_digest(profile.id, typed)
        if digest is None or not work.second_factors.use_code(profile.id, digest, at):
            return False
        left = {"left": str(work.second_factors.of(profile.id).recovery_codes_left)}
        kind = MailKind.RECOVERY_CODE_USED
        work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, left))
        return True
