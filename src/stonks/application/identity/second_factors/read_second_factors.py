"""Which second factors one has."""

from dataclasses import dataclass

from stonks.application.identity.second_factors.ports import SecondFactorReads
from stonks.domain.identity.second_factors import SecondFactors
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class ReadSecondFactors:
    """Which somebody has, and how many recovery codes are left; never a secret."""

    reads: SecondFactorReads

    def __call__(self, *, actor: ProfileId) -> SecondFactors:
        return self.reads(actor)
