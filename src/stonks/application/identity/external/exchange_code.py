"""A page that takes over from an issuer's."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.admission import Admit, Admitted
from stonks.application.identity.external.locking import locked
from stonks.application.identity.external.ports import EXCHANGES, ExternalWork
from stonks.application.identity.ports import Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import digest_of


@dataclass(frozen=True, slots=True)
class ExchangeCode:
    """Change the code that came with a redirect for a session, once, in the same browser."""

    begin: Begin[ExternalWork]
    admit: Admit
    throttle: Throttle
    now: Clock

    def __call__(
        self, *, code: str, browser: str | None, device: str, address: str
    ) -> tuple[Profile, Admitted]:
        """Raises ``Unauthenticated`` (``code_invalid``), whatever it is that does not fit."""
        self.throttle(EXCHANGES, address)
        if not browser:
            raise _invalid()
        at, digests = self.now(), (digest_of(code), digest_of(browser))
        with self.begin() as work:
            profile = _owner(work, digests, at)
            if profile is None or work.entry_codes.take(*digests) is None:
                raise _invalid()
            return profile, self.admit(work, profile, device=device, at=at)


def _owner(work: ExternalWork, digests: tuple[bytes, bytes], at: datetime) -> Profile | None:
    """Locked before the code is taken: what ends sessions meanwhile ends the code as well."""
    entry = work.entry_codes.find(*digests)
    if entry is None or entry.is_over(at):
        return None
    return locked(work, entry.profile_id)


def _invalid() -> Unauthenticated:
    return Unauthenticated("code_invalid", "this code is unknown, used, or too old; start again")
