"""Whom a mail reaches, looked up when it leaves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stonks.application.identity.ports import IdentityWork
from stonks.application.mail.ports import Addressee, Mail
from stonks.domain.identity.mail_link import LASTS, MailLink, Purpose
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class IdentityAddressees:
    """``Addressees`` of identity; locks nobody, since a mail that leaves is held already."""

    work: IdentityWork

    def __call__(self, mail: Mail, token: str, at: datetime) -> Addressee | None:
        purpose = _purpose(mail)
        profile = self._person(mail, purpose)
        if purpose is not None:
            if not self._is_wanted(mail, purpose, profile, at):
                return None
            self._link(mail, purpose, profile, token, at)
        return self._addressee(mail, profile)

    def _person(self, mail: Mail, purpose: Purpose | None) -> Profile | None:
        if mail.profile_id is not None:
            return self.work.email_proofs.person(mail.profile_id)
        return self.work.email_proofs.holder(mail.to) if purpose is not None else None

    def _is_wanted(
        self, mail: Mail, purpose: Purpose, profile: Profile | None, at: datetime
    ) -> bool:
        if at - mail.at > LASTS[purpose]:  # nobody waits for it any more
            return False
        if profile is None:
            return purpose is Purpose.SIGN_IN
        if not profile.active:
            return purpose is Purpose.CANCEL_DELETION
        if purpose is Purpose.VERIFY_EMAIL:
            is_theirs = profile.email.lower() == mail.to.lower()
            return is_theirs and not self.work.email_proofs.is_proven(profile)
        return True

    def _link(
        self, mail: Mail, purpose: Purpose, profile: Profile | None, token: str, at: datetime
    ) -> None:
        session = mail.values.get("session")
        self.work.mail_links.add(
            MailLink(
                digest=digest_of(token),
                purpose=purpose,
                email=mail.to,
                issued_at=at,
                expires_at=at + LASTS[purpose],
                profile_id=profile.id if profile else None,
                session_id=SessionId(UUID(session)) if session else None,
            )
        )

    def _addressee(self, mail: Mail, profile: Profile | None) -> Addressee:
        if profile is None:
            return Addressee()
        is_proven = self.work.email_proofs.is_proven(profile)
        is_theirs = is_proven and profile.email.lower() == mail.to.lower()
        return Addressee(profile.username, profile.full_name, is_theirs)


def _purpose(mail: Mail) -> Purpose | None:
    """What the link of this mail is good for; None where it carries none."""
    try:
        return Purpose(mail.kind.value)
    except ValueError:
        return None
