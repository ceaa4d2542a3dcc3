"""How often somebody may guess at a second proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.ports import Throttle
from stonks.application.ports import Limit
from stonks.domain.ids import ProfileId

OF_ACCOUNT = Limit("proofs-of-account", 10, 900)
OF_ACCOUNT_A_DAY = Limit("proofs-of-account-a-day", 50, 24 * 3600)
FROM_ADDRESS = Limit("proofs-from-address", 100, 900)
LIMITS: Sequence[Limit] = (OF_ACCOUNT, OF_ACCOUNT_A_DAY, FROM_ADDRESS)


@dataclass(frozen=True, slots=True)
class Guesses:
    """Counts every try, right or wrong, before it is checked.

    By account across all logins and sessions of it: whoever enters the password again, or
    asks elsewhere, goes on counting where they were; and nothing that is right starts anew. In a
    day too: patience alone must not find a code of six digits. Both raise ``Limited``
    (``too_many_attempts``) and ``Unavailable`` (``limits_unavailable``).
    """

    throttle: Throttle

    def from_address(self, address: str) -> None:
        self.throttle(FROM_ADDRESS, address)

    def at_account(self, profile_id: ProfileId) -> None:
        self.throttle(OF_ACCOUNT, str(profile_id))  # whoever is kept out here uses up no day
        self.throttle(OF_ACCOUNT_A_DAY, str(profile_id))
