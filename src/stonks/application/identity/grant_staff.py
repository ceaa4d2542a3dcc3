"""Making somebody SUPERADMIN."""

from dataclasses import dataclass

from stonks.application.identity.ports import AuditEntry, IdentityWork, SessionSignals
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class GrantStaff:
    """Give the platform's highest rank; from the command line alone, and on record."""

    begin: Begin[IdentityWork]
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, username: str, by: str) -> bool:
        """False where this person had it already; raises ``NotFound`` (``unknown_profile``)."""
        at = self.now()
        with self.begin() as work:
            profile = work.profiles.lock_named(username)
            if not profile.active:
                raise NotFound("unknown_profile", "nobody has this username")
            if not work.staff.add(profile.id, at, by):
                return False
            entry = AuditEntry(self.new_id(), at, by, "staff_granted", profile.id, profile.username)
            work.audit.record(entry)
        self.signals.changed(profile.id)
        return True
