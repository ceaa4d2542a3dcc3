"""Leaving."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork, SessionSignals
from stonks.application.identity.present import lock_signed_in
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class DeactivateProfile:
    """Be unknown to others from now on, everywhere signed out; the names stay taken.

    Channels that this person hosts are unknown, too, and their rooms empty at once.
    """

    begin: Begin[IdentityWork]
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, actor: ProfileId, session_id: SessionId | None = None) -> None:
        """Raises ``Unauthenticated`` (``session_ended``) where the session that asks is over."""
        at = self.now()
        with self.begin() as work:
            if session_id is None:
                profile = work.profiles.lock(actor)
            else:
                profile = lock_signed_in(work, actor, session_id, at)
            profile.deactivate(at=at)
            work.profiles.save(profile)
            ended = work.sessions.end_all(actor, at)
            mail = Mail(self.new_id(), MailKind.DEACTIVATED, profile.email, at, actor)
            work.mails.add(mail)
        self.signals.ended(ended)
        self.signals.changed(actor)
