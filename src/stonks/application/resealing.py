"""Changing the key that seals, for whatever is kept sealed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from stonks.application.ports import Begin, Sealer
from stonks.domain.errors import Unavailable

Work = TypeVar("Work")
Item = TypeVar("Item")

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many were sealed anew, how many were so already, and how many no key opens."""

    anew: int = 0
    already: int = 0
    lost: int = 0

    def __add__(self, more: "Resealed") -> "Resealed":
        return Resealed(self.anew + more.anew, self.already + more.already, self.lost + more.lost)


class Reseal(Protocol):
    def __call__(self) -> Resealed:
        """Seal all of one kind with the first key; safe to repeat, and to stop at any time."""


def reseal_each(
    begin: Begin[Work],
    page: Callable[[Work, Item | None, int], Sequence[Item]],
    one: Callable[[Work, Item], Resealed],
) -> Resealed:
    """Do ``one`` to each, a page in a unit of work, so that nobody waits for long."""
    done, after = Resealed(), None
    while True:
        with begin() as work:
            items = page(work, after, AT_ONCE)
            done = sum((one(work, item) for item in items), done)
        if len(items) < AT_ONCE:
            return done
        after = items[-1]


def sealed_anew(sealer: Sealer, sealed: bytes, *, context: str) -> bytes | None:
    """What it reads under the first key; None where it does already.

    Raises ``Unavailable`` where no key opens it.
    """
    if sealer.is_current(sealed):
        return None
    return sealer.seal(sealer.open(sealed, context=context), context=context)


def resealed(do: Callable[[], bool]) -> Resealed:
    """What came of one: ``do`` answers whether there was anything to do."""
    try:
        return Resealed(anew=1) if do() else Resealed(already=1)
    except Unavailable:
        return Resealed(lost=1)
