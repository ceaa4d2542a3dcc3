"""Forgetting people."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.avatars.forget_avatars import ForgetAvatars
from stonks.application.identity.deletion.ports import HostedChannels
from stonks.application.identity.ports import IdentityWork, NewSecret, SessionSignals
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.ids import ProfileId

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class EraseProfiles:
    """Forget those whose time to think again is over; whether there may be more.

    Safe on several processes, and again after one that was killed at any point: channels are
    deleted one by one while the person is gone and can no more come back, then everything else
    is deleted in one unit of work.
    """

    begin: Begin[IdentityWork]
    channels: HostedChannels
    forget: ForgetAvatars
    signals: SessionSignals
    new_secret: NewSecret
    now: Clock
    new_id: NewId

    def __call__(self) -> bool:
        at = self.now()
        with self.begin() as work:
            due = work.deletions.due(at, AT_ONCE)
        failed = [error for person in due if (error := self._try(person, at))]
        if failed:
            raise failed[0]
        return len(due) == AT_ONCE

    def _try(self, person: ProfileId, at: datetime) -> Exception | None:
        """Whoever cannot be forgotten now keeps nobody else from it."""
        try:
            self._forget(person, at)
        except Exception as error:  # noqa: BLE001 -- it is raised when all had their turn
            return error
        return None

    def _forget(self, person: ProfileId, at: datetime) -> None:
        self.channels.close(person)
        with self.begin() as work:
            avatar = self._erase(work, person, at)
        self.forget.at_once(avatar)
        self.signals.changed(person)

    def _erase(self, work: IdentityWork, person: ProfileId, at: datetime) -> str | None:
        profile = work.profiles.lock(person)
        deletion = work.deletions.of(person)
        if deletion is None or not deletion.may_begin(at):
            return None
        avatar, email = profile.avatar, profile.email
        if avatar is not None:
            work.loose_media.add(avatar, at)
        deletion.erase(profile, self._name(), at=at)
        work.deletions.erase(person)
        work.deletions.put(deletion)
        work.profiles.save(profile)
        work.mails.add(Mail(self.new_id(), MailKind.DELETED, email, at))
        return avatar

    def _name(self) -> str:
        """20 hexadecimal digits that nobody can have taken before."""
        return self.new_secret().encode().hex()[:20]
