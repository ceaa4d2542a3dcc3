"""Logging in."""

from dataclasses import dataclass

from stonks.application.identity.admission import Admit, Admitted
from stonks.application.identity.ports import (
    Attempts,
    Credentials,
    IdentityReads,
    IdentityWork,
    Passwords,
)
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Invalid, NotFound, Unauthenticated
from stonks.domain.identity.password import normal_password
from stonks.domain.identity.profile import Profile

LONGEST_LOGIN = 254


@dataclass(frozen=True, slots=True)
class LogIn:
    """Begin a session with a password.

    A wrong password, an unknown login and an inactive profile get one answer, after the same
    amount of work; so does a password that was changed or taken away while it was checked.
    """

    begin: Begin[IdentityWork]
    reads: IdentityReads
    passwords: Passwords
    attempts: Attempts
    admit: Admit
    now: Clock

    def __call__(
        self, *, login: str, password: str, device: str, address: str
    ) -> tuple[Profile, Admitted]:
        """Raises ``Unauthenticated`` (``bad_credentials``), ``Limited`` (``too_many_attempts``)."""
        login = _readable(login)
        self.attempts.log_in(login, address)
        known = self.reads.credentials(login) if login else None
        renewed = self._check(known, password, login, address)
        self.attempts.succeeded(login, address)
        return self._open(known, renewed, device)

    def _check(
        self, known: Credentials | None, password: str, login: str, address: str
    ) -> str | None:
        match = self.passwords.match(_usable(password), known.hashed if known else None)
        if not match.is_right:
            self.attempts.failed(login, address)
            raise _bad_credentials()
        return match.renewed

    def _open(
        self, known: Credentials | None, renewed: str | None, device: str
    ) -> tuple[Profile, Admitted]:
        if known is None:
            raise _bad_credentials()
        at = self.now()
        with self.begin() as work:
            profile = self._active(work, known)
            if renewed:
                work.passwords.put(profile.id, renewed, at)
            return profile, self.admit(work, profile, device=device, at=at)

    def _active(self, work: IdentityWork, known: Credentials) -> Profile:
        try:
            profile = work.profiles.lock(known.profile_id)
        except NotFound:
            raise _bad_credentials() from None
        # both as they are now: either may have changed while the password was being checked
        if not (profile.active and work.passwords.is_still(profile.id, known.hashed)):
            raise _bad_credentials()
        return profile


def _readable(login: str) -> str:
    login = login.strip(" ")
    return login if len(login) <= LONGEST_LOGIN and login.isascii() and login.isprintable() else ""


def _usable(password: str) -> str:
    try:
        return normal_password(password)
    except Invalid:
        return ""  # nobody's, as it is too short


def _bad_credentials() -> Unauthenticated:
    return Unauthenticated("bad_credentials", "the login or the password is wrong")
