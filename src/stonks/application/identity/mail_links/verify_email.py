"""Proving an address, the present one or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.mail_links.following import (
    find_link,
    link_invalid,
    lock_active,
    must_be_asked_still,
    use_up,
)
from stonks.application.identity.mail_links.limits import LINKS_FROM_ADDRESS
from stonks.application.identity.ports import IdentityWork, SessionSignals, Throttle
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.mail_link import MailLink, Purpose
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import SessionId

HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class VerifyEmail:
    """Follow the link that was sent to an address; a new one counts from now on.

    Then every other session ends than the one that asked for it, and the old address is told.
    Where that one is over, however it ended, what it asked for is over, too.
    """

    begin: Begin[IdentityWork]
    throttle: Throttle
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(self, *, token: str, address: str) -> None:
        """Raises ``Invalid`` (``link_invalid``), ``Conflict`` (``email_taken``) where somebody
        else took the new address meanwhile, ``Limited`` and ``Unavailable``.
        """
        at = self.now()
        self.throttle(LINKS_FROM_ADDRESS, address)
        purposes = (Purpose.VERIFY_EMAIL, Purpose.CHANGE_EMAIL)
        with self.begin() as work:
            link = find_link(work, self.throttle, token, at, *purposes)
            profile = lock_active(work, link.profile_id)
            ended: Sequence[SessionId] = ()
            if link.purpose is Purpose.CHANGE_EMAIL:
                ended = self._move(work, profile, link, at)
            else:
                use_up(work, link, profile)
            work.mail_links.revoke(profile.id, profile.email, (link.purpose,))
            work.email_proofs.put(profile.id, profile.email, at)
        self.signals.ended(ended)

    def _move(
        self, work: IdentityWork, profile: Profile, link: MailLink, at: datetime
    ) -> Sequence[SessionId]:
        must_be_asked_still(work, link, at)
        if not work.mail_links.use(link.digest):
            raise link_invalid()
        old, profile.email, profile.updated_at = profile.email, link.email, at
        # before the new address locks the profile's key, which a mail that is leaving waits for
        work.mail_links.revoke(profile.id, old, tuple(Purpose))
        work.mail_links.revoke(profile.id, profile.email, (link.purpose,))
        work.profiles.save(profile)
        told = {"newEmail": masked(link.email)}
        kind = MailKind.EMAIL_CHANGED
        work.mails.add(Mail(self.new_id(), kind, old, at, profile.id, told))
        return work.sessions.end_all(profile.id, at, but=link.session_id)


def masked(email: str) -> str:
    """An address as its owner knows it again, and hardly anybody else."""
    local, _, domain = email.partition("@")
    return f"{local[0]}{HIDDEN}@{domain}"
