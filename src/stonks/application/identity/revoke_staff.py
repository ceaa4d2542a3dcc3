"""Making a SUPERADMIN a member again."""

from dataclasses import dataclass

from stonks.application.identity.ports import AuditEntry, IdentityWork, SessionSignals
from stonks.application.ports import Begin, Clock, NewId


@dataclass(frozen=True, slots=True)
class RevokeStaff:
    """Take the platform's highest rank away; bites at once, and is on record."""

    begin: Begin[IdentityWork]
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, username: str, by: str) -> bool:
        """False where this person had none; raises ``NotFound`` (``unknown_profile``)."""
        at = self.now()
        with self.begin() as work:
            profile = work.profiles.lock_named(username)
            if not work.staff.remove(profile.id):
                return False
            entry = AuditEntry(self.new_id(), at, by, "staff_revoked", profile.id, profile.username)
            work.audit.record(entry)
        self.signals.changed(profile.id)
        return True
