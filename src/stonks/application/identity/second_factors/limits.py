"""How often somebody may guess at a second proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.ports import Limit, Throttle
from stonks.domain.ids import ProfileId

OF_ACCOUNT = Limit("proofs-of-account", 10, 900)
FROM_ADDRESS = Limit("proofs-from-address", 100, 900)
LIMITS: Sequence[Limit] = (OF_ACCOUNT, FROM_ADDRESS)


@dataclass(frozen=True, slots=True)
class Guesses:
    """Counts every try, right or wrong, before it is checked.

    By account across all logins and sessions of it: whoever enters the password again, or
    asks elsewhere, goes on counting where they were; and nothing that is right starts anew. Both
    raise ``Limited`` (``too_many_attempts``) and ``Unavailable`` (``limits_unavailable``).
    """

    throttle: Throttle

    def from_address(self, address: str) -> None:
        self.throttle(FROM_ADDRESS, address)

    def at_account(self, profile_id: ProfileId) -> None:
        self.throttle(OF_ACCOUNT, str(profile_id))
