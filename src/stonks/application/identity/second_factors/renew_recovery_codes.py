"""New recovery codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.present import lock_signed_in
from stonks.application.identity.second_factors.changing import keep_codes
from stonks.application.identity.second_factors.ports import NewRecoveryCodes
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.errors import Conflict
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class RenewRecoveryCodes:
    """Give ten new recovery codes, shown once; all before them are worth nothing."""

    begin: Begin[IdentityWork]
    new_recovery_codes: NewRecoveryCodes
    now: Clock
    new_id: NewId

    def __call__(self, *, actor: ProfileId, session_id: SessionId) -> Sequence[str]:
        """Raises ``Conflict`` (``second_factor_off``) where there is nothing to recover, and as
        ``lock_signed_in`` does.
        """
        at, fresh = self.now(), self.new_recovery_codes()
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            if not work.second_factors.of(actor).are_on:
                raise Conflict("second_factor_off", "turn a second factor on first")
            keep_codes(work, actor, fresh, at)
            kind = MailKind.RECOVERY_CODES_RENEWED
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, actor))
        return fresh
