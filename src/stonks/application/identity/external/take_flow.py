"""Somebody coming back from an issuer."""

from dataclasses import dataclass

from stonks.application.identity.external.ports import RETURNS, ExternalWork, Issuers
from stonks.application.identity.ports import Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.external_flow import ExternalFlow
from stonks.domain.identity.refresh_token import digest_of


@dataclass(frozen=True, slots=True)
class TakeFlow:
    """Find the flow in which somebody was sent away, once, and for the same browser alone."""

    begin: Begin[ExternalWork]
    issuers: Issuers
    throttle: Throttle
    now: Clock

    def __call__(
        self, *, provider: str, state: str | None, browser: str | None, address: str
    ) -> ExternalFlow:
        """Raises ``Unauthenticated`` (``state_invalid``), whatever it is that does not fit."""
        self.issuers.view(provider)
        self.throttle(RETURNS, address)
        flow = self._taken(provider, state, browser) if state and browser else None
        if flow is None or flow.is_over(self.now()):
            raise Unauthenticated(
                "state_invalid", "this did not begin here, is over, or took too long; start again"
            )
        return flow

    def _taken(self, provider: str, state: str, browser: str) -> ExternalFlow | None:
        with self.begin() as work:
            return work.external_flows.take(digest_of(state), digest_of(browser), provider)
