"""Changing the key that seals."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.second_factors.check_code import totp_context
from stonks.application.ports import Begin, Sealer
from stonks.domain.errors import Unavailable
from stonks.domain.identity.totp import TotpFactor

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many were sealed anew, how many were so already, and how many no key opens."""

    anew: int = 0
    already: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class ResealSecrets:
    """Seal every secret with the first key; afterwards the others open nothing that counts.

    A hundred at once, so that nobody who signs in meanwhile waits for long; safe to repeat, and
    to stop at any time. What is being enrolled (an hour at most) is left out.
    """

    begin: Begin[IdentityWork]
    sealer: Sealer

    def __call__(self) -> Resealed:
        done, after = Resealed(), None
        while True:
            with self.begin() as work:
                factors = work.second_factors.sealed(after, AT_ONCE)
                done = _sum(done, [self._one(work, factor) for factor in factors])
            if len(factors) < AT_ONCE:
                return done
            after = factors[-1].profile_id

    def _one(self, work: IdentityWork, factor: TotpFactor) -> Resealed:
        if self.sealer.is_current(factor.sealed):
            return Resealed(already=1)
        try:
            work.second_factors.reseal(factor.profile_id, self._anew(factor))
        except Unavailable:
            return Resealed(lost=1)
        return Resealed(anew=1)

    def _anew(self, factor: TotpFactor) -> bytes:
        context = totp_context(factor.profile_id)
        return self.sealer.seal(self.sealer.open(factor.sealed, context=context), context=context)


def _sum(done: Resealed, more: Sequence[Resealed]) -> Resealed:
    parts = [done, *more]
    return Resealed(
        sum(part.anew for part in parts),
        sum(part.already for part in parts),
        sum(part.lost for part in parts),
    )
