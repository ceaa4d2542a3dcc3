"""Changing one's own profile."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.mail_links.limits import MAILS_OF_ACCOUNT, may_mail
from stonks.application.identity.mail_links.verify_email import masked
from stonks.application.identity.ports import IdentityWork, Throttle
from stonks.application.identity.present import lock_present, lock_signed_in
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.email import check_email
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.username import check_username
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class ChangeProfile:
    """Take another full name or username; what is not given stays.

    Another address counts once its owner has followed the link that is sent there; the present
    one is told at once, also where the other is taken: whoever reads it learns nothing of that.
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
        """Raises ``Invalid``, ``Conflict`` (``username_taken``), and as ``lock_signed_in`` does;
        with an ``email`` also ``Limited`` and ``Unavailable``. An address that is taken is
        refused by nothing here.
        """
        at = self.now()
        email = None if email is None else check_email(email)
        may_ask = email is not None and self._may_ask(actor, email)
        with self.begin() as work:
            profile = _locked(work, actor, session_id, at)
            _change(profile, full_name, username, at)
            work.profiles.save(profile)
            if email is not None and may_ask and email != profile.email:
                work.mails.add(self._mail(work, profile, email, session_id, at))
                work.mails.add(self._warning(profile, email, at))
        return profile

    def _may_ask(self, actor: ProfileId, email: str) -> bool:
        self.throttle(MAILS_OF_ACCOUNT, str(actor))
        return may_mail(self.throttle, MailKind.CHANGE_EMAIL, email)

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

    def _warning(self, profile: Profile, email: str, at: datetime) -> Mail:
        kind, told = MailKind.EMAIL_CHANGE_ASKED, {"newEmail": masked(email)}
        return Mail(self.new_id(), kind, profile.email, at, profile.id, told)


def _locked(
    work: IdentityWork, actor: ProfileId, session_id: SessionId | None, at: datetime
) -> Profile:
    if session_id is None:
        return lock_present(work, actor)
    return lock_signed_in(work, actor, session_id, at)


def _change(profile: Profile, full_name: str | None, username: str | None, at: datetime) -> None:
    if full_name is not None:
        profile.rename(full_name, at=at)
    if username is not None:
        profile.username, profile.updated_at = check_username(username), at
