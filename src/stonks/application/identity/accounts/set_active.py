"""Deactivating and restoring others."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor, meet
from stonks.application.identity.ports import SessionSignals
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class SetActive:
    """Put somebody out of Stonks, everywhere and at once, or let them in again.

    Only who is of a lower rank, and never oneself. Who is put out is told by mail; who is let
    in again signs in anew.
    """

    begin: Begin[AccountsWork]
    record: Record
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, actor: Actor, profile_id: ProfileId, active: bool) -> bool:
        """False where it was so already.

        Raises ``NotFound`` (``unknown_profile``), ``Forbidden`` (``permission_required``,
        ``rank_too_low``), and ``Conflict`` (``profile_deleted``) for whom nothing brings back.
        """
        at, ended = self.now(), list[SessionId]()
        with self.begin() as work:
            meeting = meet(work, actor, profile_id)
            meeting.must_allow(Permission.MODERATE_PROFILES)
            meeting.must_be_above()
            profile = meeting.subject
            if profile.active == active:
                return False
            if active:
                _call_off_deletion(work, profile_id, at)
                profile.restore(at=at)
            else:
                profile.deactivate(at=at)
                ended.extend(work.sessions.end_all(profile_id, at))
                work.mails.add(self._mail(profile, at))
            work.profiles.save(profile)
            self._tell(work, actor, profile_id, profile.username, active, at)
        self.signals.ended(ended)
        self.signals.changed(profile_id)
        return True

    def _mail(self, profile: Profile, at: datetime) -> Mail:
        return Mail(self.new_id(), MailKind.DEACTIVATED, profile.email, at, profile.id)

    def _tell(
        self,
        work: AccountsWork,
        actor: Actor,
        profile_id: ProfileId,
        username: str,
        active: bool,
        at: datetime,
    ) -> None:
        action = "profile_restored" if active else "profile_deactivated"
        self.record(work, actor, action, at=at, detail=username, subject=profile_id)


def _call_off_deletion(work: AccountsWork, profile_id: ProfileId, at: datetime) -> None:
    deletion = work.deletions.of(profile_id)
    if deletion is not None:
        deletion.must_be_open(at)
        work.deletions.remove(profile_id)
