"""Coming back after forgetting one's password."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.mail_links.following import (
    find_link,
    link_invalid,
    lock_active,
    prove_mailbox,
    use_up,
)
from stonks.application.identity.mail_links.limits import LINKS_FROM_ADDRESS
from stonks.application.identity.mail_links.ports import SetUp
from stonks.application.identity.ports import (
    CommonPasswords,
    IdentityWork,
    Passwords,
    SessionSignals,
    Throttle,
)
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.mail_link import Purpose
from stonks.domain.identity.password import context_words, new_password
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class ResetPassword:
    """Follow a link to a new password: every session ends, and nobody is signed in by it."""

    begin: Begin[IdentityWork]
    passwords: Passwords
    common: CommonPasswords
    throttle: Throttle
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, token: str, password: str, device: str, address: str) -> None:
        """Raises ``Invalid`` (``link_invalid``, or what is wrong with the password; the link is
        still good then), ``Limited`` and ``Unavailable``.
        """
        self.throttle(LINKS_FROM_ADDRESS, address)
        hashed = self.passwords.hash(self._checked(token, password))
        self.signals.ended(self._put(token, hashed, device))

    def _checked(self, token: str, password: str) -> str:
        with self.begin() as work:
            link = find_link(work, self.throttle, token, self.now(), Purpose.RESET_PASSWORD)
            profile = link.profile_id and work.email_proofs.person(link.profile_id)
        if not profile:
            raise link_invalid()
        words = context_words(
            full_name=profile.full_name, username=profile.username, email=profile.email
        )
        return new_password(password, context=words, is_common=self.common.__contains__)

    def _put(self, token: str, hashed: str, device: str) -> Sequence[SessionId]:
        at = self.now()
        with self.begin() as work:
            link = find_link(work, self.throttle, token, at, Purpose.RESET_PASSWORD)
            profile = lock_active(work, link.profile_id)
            use_up(work, link, profile)
            theirs = prove_mailbox(work, profile, at, self.new_id, (SetUp.PASSWORD,))
            ended = [*theirs, *work.sessions.end_all(profile.id, at)]
            work.passwords.put(profile.id, hashed, at)
            work.mail_links.revoke(profile.id, profile.email, tuple(Purpose))
            told = {"device": device}
            kind = MailKind.PASSWORD_CHANGED
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, told))
        return ended
