"""Helping somebody who lost their second factors."""

from dataclasses import dataclass

from stonks.application.identity.passkeys.ports import PasskeyWork
from stonks.application.identity.ports import AuditEntry, SessionSignals
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId


@dataclass(frozen=True, slots=True)
class ResetSecondFactors:
    """Ask somebody for nothing after their password any more.

    For an operator who has made sure of the person by other means: from the command line alone,
    on record, told to the owner by mail; all their sessions end. Passkeys that were second
    factors are forgotten with the rest, as the device that holds them may be in other hands.
    """

    begin: Begin[PasskeyWork]
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, username: str, by: str) -> bool:
        """False where there were none; raises ``NotFound`` (``unknown_profile``)."""
        at = self.now()
        with self.begin() as work:
            profile = work.profiles.lock_named(username)
            if not work.second_factors.of(profile.id).are_on:
                return False
            work.second_factors.end_totp(profile.id)
            work.second_factors.put_codes(profile.id, (), at)
            for passkey in work.passkeys.of(profile.id):
                if passkey.is_second_factor:
                    work.passkeys.remove(passkey.id)
            action = "second_factors_reset"
            entry = AuditEntry(self.new_id(), at, by, action, profile.id, profile.username)
            work.audit.record(entry)
            kind, values = MailKind.SECOND_FACTOR_REMOVED, {"factor": "all"}
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, values))
            ended = work.sessions.end_all(profile.id, at)
        self.signals.ended(ended)
        return True
