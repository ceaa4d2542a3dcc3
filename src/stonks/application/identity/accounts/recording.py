"""Putting the use of a power on record."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.accounts.rights import Actor
from stonks.application.identity.ports import AuditEntry, IdentityWork
from stonks.application.ports import NewId
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the audit, in the same unit of work as what it tells of."""

    new_id: NewId

    def __call__(
        self,
        work: IdentityWork,
        actor: Actor,
        action: str,
        *,
        at: datetime,
        detail: str,
        subject: ProfileId | None = None,
    ) -> None:
        entry = AuditEntry(self.new_id(), at, actor.name, action, subject, detail, actor.profile_id)
        work.audit.record(entry)
