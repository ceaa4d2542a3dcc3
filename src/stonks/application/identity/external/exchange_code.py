"""A page that takes over from an issuer's."""

from dataclasses import dataclass

from stonks.application.identity.admission import Admit, Admitted
from stonks.application.identity.external.locking import locked
from stonks.application.identity.external.ports import EXCHANGES, ExternalWork
from stonks.application.identity.ports import Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.external_flow import EntryCode
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
        at = self.now()
        entry = self._taken(code, browser)
        if entry is None or entry.is_over(at):
            raise _invalid()
        with self.begin() as work:
            profile = locked(work, entry.profile_id)
            if profile is None:
                raise _invalid()
            return profile, self.admit(work, profile, device=device, at=at)

    def _taken(self, code: str, browser: str | None) -> EntryCode | None:
        with self.begin() as work:
            return work.entry_codes.take(digest_of(code), digest_of(browser)) if browser else None


def _invalid() -> Unauthenticated:
    return Unauthenticated("code_invalid", "this code is unknown, used, or too old; start again")
