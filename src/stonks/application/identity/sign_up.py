"""Signing up."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.grants import Grant, Grants
from stonks.application.identity.ports import (
    Attempts,
    CommonPasswords,
    IdentityWork,
    Passwords,
)
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.identity.email import check_email
from stonks.domain.identity.password import context_words, new_password
from stonks.domain.identity.profile import Profile, check_full_name
from stonks.domain.identity.username import check_username
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class SignUp:
    """Become a member, signed in at once; a mail asks whether the address is theirs."""

    begin: Begin[IdentityWork]
    passwords: Passwords
    common: CommonPasswords
    attempts: Attempts
    grants: Grants
    now: Clock
    new_id: NewId

    def __call__(
        self,
        *,
        full_name: str,
        username: str,
        email: str,
        password: str,
        device: str,
        address: str,
    ) -> tuple[Profile, Grant]:
        """Raises ``Invalid`` for what breaks a rule, ``Conflict`` for a name that is taken."""
        at = self.now()
        profile = self._profile(full_name, username, email, at)
        password = self._password(password, profile)
        self.attempts.sign_up(address)
        hashed = self.passwords.hash(password)
        with self.begin() as work:
            work.profiles.add(profile)
            work.passwords.put(profile.id, hashed, at)
            kind = MailKind.VERIFY_EMAIL
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id))
            grant = self.grants.open(work, profile.id, device, at)
        return profile, grant

    def _profile(self, full_name: str, username: str, email: str, at: datetime) -> Profile:
        return Profile(
            id=ProfileId(self.new_id()),
            full_name=check_full_name(full_name),
            username=check_username(username),
            email=check_email(email),
            avatar=None,
            active=True,
            created_at=at,
            updated_at=at,
        )

    def _password(self, password: str, profile: Profile) -> str:
        words = context_words(
            full_name=profile.full_name, username=profile.username, email=profile.email
        )
        return new_password(password, context=words, is_common=self.common.__contains__)
