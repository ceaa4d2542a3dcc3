"""Taking an account type from somebody."""

from dataclasses import dataclass

from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor, meet
from stonks.application.identity.ports import SessionSignals
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.permission import Permission
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class RevokeAccountType:
    """Make an account one of this type no more; as far as ``GrantAccountType`` reaches."""

    begin: Begin[AccountsWork]
    record: Record
    signals: SessionSignals
    now: Clock

    def __call__(self, *, actor: Actor, profile_id: ProfileId, name: str) -> bool:
        """False where this person did not have it; raises as ``GrantAccountType`` does."""
        at = self.now()
        with self.begin() as work:
            meeting = meet(work, actor, profile_id)
            meeting.must_allow(Permission.GRANT_ACCOUNT_TYPES)
            meeting.must_reach(work.account_types.lock(name))
            if not work.account_types.revoke(profile_id, name):
                return False
            self.record(work, actor, "account_type_revoked", at=at, detail=name, subject=profile_id)
        self.signals.changed(profile_id)
        return True
