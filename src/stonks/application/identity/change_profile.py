"""Changing one's own profile."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.mail_links.limits import MAILS_OF_ACCOUNT, may_mail
from stonks.application.identity.ports import IdentityWork, Throttle
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.email import check_email
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.username import check_username
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class ChangeProfile:
    """Take another full name or username; what is not given stays.

    Another address counts once its owner has followed the link that is sent there.
    """

    begin: Begin[IdentityWork]
    throttle: Throttle
    now: Clock
    new_id: NewId

    def __call__(
        self,
        *,
        actor: ProfileId,
        full_name: str | None = None,
        username: str | None = None,
        email: str | None = None,
        session_id: SessionId | None = None,
    ) -> Profile:
        """Raises ``Invalid``, and ``Conflict`` (``username_taken``); with an ``email`` also
        ``Limited`` and ``Unavailable``. An address that is taken is refused by nothing here.
        """
        at = self.now()
        email = None if email is None else check_email(email)
        may_ask = email is not None and self._may_ask(actor, email)
        with self.begin() as work:
            profile = work.profiles.lock(actor)
            _change(profile, full_name, username, at)
            work.profiles.save(profile)
            if email is not None and may_ask and email != profile.email:
                work.mails.add(self._mail(work, profile, email, session_id, at))
        return profile

    def _may_ask(self, actor: ProfileId, email: str) -> bool:
        self.throttle(MAILS_OF_ACCOUNT, str(actor))
        return may_mail(self.throttle, email)

    def _mail(
        self,
        work: IdentityWork,
        profile: Profile,
        email: str,
        session_id: SessionId | None,
        at: datetime,
    ) -> Mail:
        holder = work.email_proofs.holder(email)
        if holder is not None and holder.id != profile.id:
            return Mail(self.new_id(), MailKind.ADDRESS_TAKEN, email, at)
        values = {"session": str(session_id)} if session_id else {}
        return Mail(self.new_id(), MailKind.CHANGE_EMAIL, email, at, profile.id, values)


def _change(profile: Profile, full_name: str | None, username: str | None, at: datetime) -> None:
    if full_name is not None:
        profile.rename(full_name, at=at)
    if username is not None:
        profile.username, profile.updated_at = check_username(username), at
