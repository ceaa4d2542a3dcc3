"""Deactivating and restoring others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.accounts.ports import AccountsWork
from stonks.application.identity.accounts.recording import Record
from stonks.application.identity.accounts.rights import Actor, meet
from stonks.application.identity.ports import SessionSignals
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.mail_link import Purpose
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId, SessionId

CALLED_OFF = ", whose deletion is called off"


@dataclass(frozen=True, slots=True)
class SetActive:
    """Put somebody out of Stonks, everywhere and at once, or let them in again.

    Only who is of a lower rank, and never oneself. Who is put out is told by mail; who is let
    in again signs in anew. Whoever had left to be forgotten, and is put out, cannot come back by
    the link that calls it off, and is forgotten in time; whoever is let in before then stays, and
    that this called it off is on record.
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
        at = self.now()
        with self.begin() as work:
            meeting = meet(work, actor, profile_id)
            meeting.must_allow(Permission.MODERATE_PROFILES)
            meeting.must_be_above()
            profile = meeting.subject
            if profile.active == active and (active or not _is_to_be_forgotten(work, profile)):
                return False
            ended = () if active else self._put_out(work, profile, at)
            is_called_off = active and _let_in(work, profile, at)
            action = "profile_restored" if active else "profile_deactivated"
            told = profile.username + (CALLED_OFF if is_called_off else "")
            self.record(work, actor, action, at=at, detail=told, subject=profile_id)
        self.signals.ended(ended)
        self.signals.changed(profile_id)
        return True

    def _put_out(self, work: AccountsWork, profile: Profile, at: datetime) -> Sequence[SessionId]:
        """Which sessions that ended; no link that was mailed before is good for anything."""
        work.mail_links.revoke(profile.id, profile.email, list(Purpose))
        if profile.active:
            mail = Mail(self.new_id(), MailKind.DEACTIVATED, profile.email, at, profile.id)
            work.mails.add(mail)
            profile.deactivate(at=at)
            work.profiles.save(profile)
        return work.sessions.end_all(profile.id, at)


def _let_in(work: AccountsWork, profile: Profile, at: datetime) -> bool:
    """Whether that called a deletion off."""
    deletion = work.deletions.of(profile.id)
    if deletion is not None:
        deletion.must_be_open(at)
        work.deletions.remove(profile.id)
    profile.restore(at=at)
    work.profiles.save(profile)
    return deletion is not None


def _is_to_be_forgotten(work: AccountsWork, profile: Profile) -> bool:
    deletion = work.deletions.of(profile.id)
    return deletion is not None and deletion.erased_at is None
