"""Giving somebody an account type."""

from dataclasses import dataclass

from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor, meet
from stonks.application.identity.ports import SessionSignals
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.permission import Permission
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class GrantAccountType:
    """Make an account one of another type, beside those that it is.

    Nobody gives what they may not do themselves, nor anything to themselves or to a rank that
    is not below theirs; and nobody gives ``staff`` this way, operators included.
    """

    begin: Begin[AccountsWork]
    record: Record
    signals: SessionSignals
    now: Clock

    def __call__(self, *, actor: Actor, profile_id: ProfileId, name: str) -> bool:
        """False where this person had it already.

        Raises ``NotFound`` (``unknown_profile``, ``unknown_account_type``), ``Conflict``
        (``account_type_built_in``) and ``Forbidden`` (``permission_required``, ``rank_too_low``,
        ``beyond_your_own``, ``staff_by_command``).
        """
        at = self.now()
        with self.begin() as work:
            meeting = meet(work, actor, profile_id)
            meeting.must_allow(Permission.GRANT_ACCOUNT_TYPES)
            meeting.must_reach(work.account_types.lock(name))
            if not work.account_types.grant(profile_id, name, at, actor.name):
                return False
            self.record(work, actor, "account_type_granted", at=at, detail=name, subject=profile_id)
        self.signals.changed(profile_id)
        return True
