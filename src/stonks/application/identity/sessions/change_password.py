"""Changing one's own password, or setting a first one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.access_tokens.ports import AccessTokensWork
from stonks.application.identity.ports import (
    CommonPasswords,
    IdentityReads,
    Passwords,
    SessionSignals,
    SignedIn,
    Throttle,
)
from stonks.application.identity.present import lock_signed_in, session_ended
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import Begin, Clock, Limit, NewId
from stonks.domain.errors import Forbidden, Invalid
from stonks.domain.identity.mail_link import Purpose
from stonks.domain.identity.password import context_words, new_password, normal_password
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import SessionId

OF_ACCOUNT = Limit("password-changes", 10, 3600)
FROM_ADDRESS = Limit("password-changes-from-address", 100, 3600)
LIMITS: Sequence[Limit] = (OF_ACCOUNT, FROM_ADDRESS)


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Take a new password, by the rules of a signup.

    All other sessions end, with their sockets, and so do links by mail that would let somebody
    in, set a password or take the account to another address. Access tokens stay: the mail that
    tells the owner says how many. Asked with fresh proof alone.
    """

    begin: Begin[AccessTokensWork]
    reads: IdentityReads
    passwords: Passwords
    common: CommonPasswords
    throttle: Throttle
    signals: SessionSignals
    now: Clock
    new_id: NewId

    def __call__(
        self,
        *,
        person: SignedIn,
        password: str,
        device: str,
        address: str,
        current_password: str | None = None,
    ) -> None:
        """Where the current one is sent it must be right, and still be the current one.

        Raises ``Invalid`` for what breaks a rule, ``Forbidden`` (``current_password_wrong``),
        ``Limited`` (``too_many_attempts``), ``Unavailable``, and ``Unauthenticated`` where the
        session ended meanwhile.
        """
        password = self._checked(person, password)
        self.throttle(FROM_ADDRESS, address)
        self.throttle(OF_ACCOUNT, str(person.profile_id))
        current = None if current_password is None else self._match(person, current_password)
        hashed = self.passwords.hash(password)
        self.signals.ended(self._put(person, current, hashed, device))

    def _checked(self, person: SignedIn, password: str) -> str:
        own = self.reads.own(person.profile_id)
        if own is None:
            raise session_ended()
        words = context_words(full_name=own.full_name, username=own.username, email=own.email)
        return new_password(password, context=words, is_common=self.common.__contains__)

    def _match(self, person: SignedIn, password: str) -> str:
        found = self.reads.credentials(person.username)
        is_own = found is not None and found.profile_id == person.profile_id
        hashed = found.hashed if found and is_own else None
        is_right = self.passwords.match(_usable(password), hashed).is_right
        if hashed is None or not is_right:
            raise _wrong()
        return hashed

    def _put(
        self, person: SignedIn, current: str | None, hashed: str, device: str
    ) -> Sequence[SessionId]:
        at = self.now()
        with self.begin() as work:
            profile = lock_signed_in(work, person.profile_id, person.session_id, at)
            if current is not None and not work.passwords.is_still(profile.id, current):
                raise _wrong()
            ended = work.sessions.end_all(profile.id, at, but=person.session_id)
            work.passwords.put(profile.id, hashed, at)
            links = (Purpose.RESET_PASSWORD, Purpose.SIGN_IN, Purpose.CHANGE_EMAIL)
            work.mail_links.revoke(profile.id, profile.email, links)
            told = {"device": device, **_left(work, profile, at)}
            kind = MailKind.PASSWORD_CHANGED
            work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, told))
        return ended


def _left(work: AccessTokensWork, profile: Profile, at: datetime) -> Mapping[str, str]:
    """What still acts as this person, as its mail tells it."""
    tokens = work.access_tokens.count(profile.id, at)
    return {"tokens": str(tokens)} if tokens else {}


def _usable(password: str) -> str:
    try:
        return normal_password(password)
    except Invalid:
        return ""  # nobody's, as it is too short


def _wrong() -> Forbidden:
    return Forbidden("current_password_wrong", "the current password is wrong")
