"""Proving again who one is."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.ports import (
    Credentials,
    IdentityReads,
    IdentityWork,
    Passwords,
    SignedIn,
)
from stonks.application.identity.present import lock_alive, lock_present
from stonks.application.identity.second_factors.check_code import CheckCode
from stonks.application.identity.second_factors.limits import Guesses
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Conflict, Forbidden, Invalid
from stonks.domain.identity.password import normal_password
from stonks.domain.identity.profile import Profile


@dataclass(frozen=True, slots=True)
class Reauthenticate:
    """Give this session fresh proof: for 5 minutes it may change how its owner signs in.

    Whoever has a second factor gives a code (or a passkey, elsewhere), and their password is no
    proof: else somebody who has the password and finds a session open could take the second
    factor away, which is there against just that. Everybody else gives the password. Who has
    neither signs in again, which is fresh proof itself.
    """

    begin: Begin[IdentityWork]
    reads: IdentityReads
    passwords: Passwords
    check: CheckCode
    guesses: Guesses
    now: Clock

    def __call__(
        self,
        *,
        person: SignedIn,
        address: str,
        password: str | None = None,
        code: str | None = None,
    ) -> None:
        """Raises ``Invalid`` (``one_proof``), ``Forbidden`` (``proof_wrong``,
        ``second_factor_required``), ``Conflict`` (``sign_in_again``), and as ``Guesses``,
        ``Passwords`` and ``lock_alive`` do.
        """
        if (password is None) == (code is None):
            raise _one_proof()
        self.guesses.from_address(address)
        self.guesses.at_account(person.profile_id)
        known = self._credentials(person)
        is_right = password is not None and self._is_right(known, password)
        at = self.now()
        with self.begin() as work:
            profile = lock_present(work, person.profile_id)
            session = lock_alive(work, profile.id, person.session_id, at)
            if code is None:
                self._by_password(work, person, is_right, known)
            else:
                self._by_code(work, profile, code, known, at)
            session.prove(at=at)
            work.sessions.save(session)

    def _credentials(self, person: SignedIn) -> Credentials | None:
        found = self.reads.credentials(person.username)
        return found if found and found.profile_id == person.profile_id else None

    def _is_right(self, known: Credentials | None, password: str) -> bool:
        try:
            typed = normal_password(password)
        except Invalid:
            typed = ""  # nobody's, as it is too short
        return self.passwords.match(typed, known.hashed if known else None).is_right

    def _by_password(
        self, work: IdentityWork, person: SignedIn, is_right: bool, known: Credentials | None
    ) -> None:
        if work.second_factors.of(person.profile_id).are_on:
            raise Forbidden("second_factor_required", "prove it by your second factor")
        hashed = _need_one(known).hashed
        if not (is_right and work.passwords.is_still(person.profile_id, hashed)):
            raise _wrong()  # also where it was changed while it was being checked

    def _by_code(
        self,
        work: IdentityWork,
        profile: Profile,
        code: str,
        known: Credentials | None,
        at: datetime,
    ) -> None:
        if not work.second_factors.of(profile.id).are_on:
            _need_one(known)
        if not self.check(work, profile, code, at):
            raise _wrong()


def _need_one(known: Credentials | None) -> Credentials:
    if known is None:
        raise Conflict("sign_in_again", "you have neither password nor code: sign in again")
    return known


def _one_proof() -> Invalid:
    reason = "send either this or the other"
    errors = {"password": [reason], "code": [reason]}
    return Invalid("one_proof", "send either password or code", errors=errors)


def _wrong() -> Forbidden:
    return Forbidden("proof_wrong", "the password or the code is wrong")
