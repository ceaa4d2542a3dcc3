"""Finishing a login with a code."""

from dataclasses import dataclass

from stonks.application.identity.grants import Grant, Grants
from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.second_factors.check_code import CheckCode
from stonks.application.identity.second_factors.half import find_half, redeem_half
from stonks.application.identity.second_factors.limits import Guesses
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.profile import Profile


@dataclass(frozen=True, slots=True)
class FinishLogin:
    """Open the session of somebody who has given one proof and now gives a code.

    A wrong code leaves the half-signed-in token as it is, for another try.
    """

    begin: Begin[IdentityWork]
    grants: Grants
    check: CheckCode
    guesses: Guesses
    now: Clock

    def __call__(self, *, mfa_token: str, code: str, address: str) -> tuple[Profile, Grant]:
        """Raises ``Unauthenticated`` (``mfa_token_invalid``, ``wrong_code``), ``Unavailable``
        (``sealing_key_missing``), and as ``Guesses`` does.
        """
        self.guesses.from_address(address)
        with self.begin() as work:
            waiting = find_half(work, mfa_token, self.now())
        self.guesses.at_account(waiting.profile_id)
        at = self.now()
        with self.begin() as work:
            profile, half = redeem_half(work, mfa_token, at)
            if not self.check(work, profile, code, at):
                raise Unauthenticated("wrong_code", "this code is wrong, too old or used")
            return profile, self.grants.open(work, profile.id, half.device, at)
