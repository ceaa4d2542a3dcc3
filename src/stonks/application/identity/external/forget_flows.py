"""Tidying up after people who never came back."""

from dataclasses import dataclass

from stonks.application.identity.external.ports import ExternalWork
from stonks.application.ports import Begin, Clock

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class ForgetFlows:
    """Forget flows and codes that are over; safe in several processes at once."""

    begin: Begin[ExternalWork]
    now: Clock

    def __call__(self) -> bool:
        """Whether there may be more."""
        at = self.now()
        with self.begin() as work:
            flows = work.external_flows.purge(at, AT_ONCE)
            codes = work.entry_codes.purge(at, AT_ONCE)
        return max(flows, codes) == AT_ONCE
