"""Changing the key that seals second factors."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.second_factors.check_code import totp_context
from stonks.application.ports import Begin, Sealer
from stonks.application.resealing import Resealed, reseal_each, resealed, sealed_anew
from stonks.domain.identity.totp import TotpFactor


@dataclass(frozen=True, slots=True)
class ResealSecrets:
    """Seal every secret with the first key; afterwards the others open nothing that counts.

    A hundred at once, so that nobody who signs in meanwhile waits for long; safe to repeat, and
    to stop at any time. What is being enrolled (an hour at most) is left out.
    """

    begin: Begin[IdentityWork]
    sealer: Sealer

    def __call__(self) -> Resealed:
        return reseal_each(
            self.begin,
            lambda work, last, most: work.second_factors.sealed(last and last.profile_id, most),
            lambda work, factor: resealed(lambda: self._one(work, factor)),
        )

    def _one(self, work: IdentityWork, factor: TotpFactor) -> bool:
        context = totp_context(factor.profile_id)
        anew = sealed_anew(self.sealer, factor.sealed, context=context)
        if anew is not None:
            work.second_factors.reseal(factor.profile_id, anew)
        return anew is not None
