"""Reading what is somebody else's."""

from dataclasses import dataclass

from stonks.application.identity.accounts.ports import AccountReads, AccountsWork, AccountView
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class RecordReading:
    """Put on record that something of somebody's is read, before it is shown; one's own is not."""

    reads: AccountReads
    begin: Begin[AccountsWork]
    record: Record
    now: Clock

    def __call__(self, *, actor: Actor, profile_id: ProfileId, action: str) -> AccountView:
        """Whose it is; raises ``NotFound`` (``unknown_profile``)."""
        view = self.reads.profile(profile_id)
        if view is None:
            raise unknown_profile()
        if actor.profile_id != profile_id:
            at, username = self.now(), view.profile.username
            with self.begin() as work:
                self.record(work, actor, action, at=at, detail=username, subject=profile_id)
        return view


def unknown_profile() -> NotFound:
    return NotFound("unknown_profile", "there is no such profile")
