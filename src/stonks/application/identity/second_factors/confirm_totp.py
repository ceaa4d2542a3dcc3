"""Ending the beginning with an authenticator app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.ports import IdentityWork, SessionSignals
from stonks.application.identity.present import lock_signed_in
from stonks.application.identity.second_factors.changing import (
    TOTP_FACTOR,
    TellAndEnd,
    keep_codes,
)
from stonks.application.identity.second_factors.check_code import totp_context
from stonks.application.identity.second_factors.limits import Guesses
from stonks.application.identity.second_factors.ports import NewRecoveryCodes, TotpCodes
from stonks.application.mail.ports import MailKind
from stonks.application.ports import Begin, Clock, Sealer
from stonks.domain.errors import Conflict, Invalid
from stonks.domain.identity.totp import TotpEnrolment, TotpFactor, code_digits
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class ConfirmTotp:
    """Ask for this app's codes from now on, and give ten recovery codes, shown once.

    The code that confirms is used by that. All other sessions end: whoever is in one of them has
    not shown a second factor.
    """

    begin: Begin[IdentityWork]
    sealer: Sealer
    codes: TotpCodes
    new_recovery_codes: NewRecoveryCodes
    guesses: Guesses
    tell_and_end: TellAndEnd
    signals: SessionSignals
    now: Clock

    def __call__(
        self, *, actor: ProfileId, session_id: SessionId, code: str, address: str
    ) -> Sequence[str]:
        """Raises ``Invalid`` (``wrong_code``), ``Conflict`` (``totp_not_started``), and as
        ``Guesses`` and ``lock_signed_in`` do.
        """
        self.guesses.from_address(address)
        self.guesses.at_account(actor)
        at, fresh = self.now(), self.new_recovery_codes()
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            work.second_factors.put_totp(self._confirmed(work, actor, code, at))
            work.second_factors.end_enrolment(actor)
            keep_codes(work, actor, fresh, at)
            kind = MailKind.SECOND_FACTOR_ADDED
            ended = self.tell_and_end(work, profile, kind, TOTP_FACTOR, but=session_id, at=at)
        self.signals.ended(ended)
        return fresh

    def _confirmed(
        self, work: IdentityWork, actor: ProfileId, code: str, at: datetime
    ) -> TotpFactor:
        enrolment = work.second_factors.enrolment(actor)
        if enrolment is None or not enrolment.is_open(at):
            raise Conflict("totp_not_started", "ask for a new secret first")
        step = self._step(enrolment, code, at)
        if step is None:
            reason = "is not what the app shows now"
            raise Invalid("wrong_code", f"code {reason}", errors={"code": [reason]})
        return TotpFactor(actor, enrolment.sealed, at, last_step=step)

    def _step(self, enrolment: TotpEnrolment, code: str, at: datetime) -> int | None:
        context = totp_context(enrolment.profile_id)
        secret = self.sealer.open(enrolment.sealed, context=context).decode()
        digits = code_digits(code)
        return self.codes.step_of(secret, digits, at) if digits else None
