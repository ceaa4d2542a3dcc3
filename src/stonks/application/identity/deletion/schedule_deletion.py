"""Asking to be forgotten."""

from dataclasses import dataclass

from stonks.application.identity.deletion.limits import DELETIONS_OF_ACCOUNT
from stonks.application.identity.ports import IdentityWork, SessionSignals, Throttle
from stonks.application.identity.present import lock_signed_in
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.deletion import Deletion
from stonks.domain.ids import ProfileId, SessionId
from stonks.domain.times import rfc3339


@dataclass(frozen=True, slots=True)
class ScheduleDeletion:
    """Be gone at once, and forgotten after 14 days, until which a link by mail calls it off."""

    begin: Begin[IdentityWork]
    signals: SessionSignals
    throttle: Throttle
    now: Clock
    new_id: NewId

    def __call__(self, *, actor: ProfileId, session_id: SessionId) -> Deletion:
        """Raises ``Limited``, and as ``lock_signed_in`` does."""
        self.throttle(DELETIONS_OF_ACCOUNT, str(actor))
        at = self.now()
        deletion = Deletion.asked(actor, at=at)
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            profile.deactivate(at=at)
            work.profiles.save(profile)
            work.deletions.put(deletion)
            ended = work.sessions.end_all(actor, at)
            values = {"deletesAt": rfc3339(deletion.due_at)}
            kind = MailKind.DELETION_SCHEDULED
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, actor, values))
        self.signals.ended(ended)
        self.signals.changed(actor)
        return deletion
