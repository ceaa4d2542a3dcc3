"""What is done again and again in the background, by every web process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import gevent
import structlog
from gevent.event import Event

from stonks.domain.errors import Refusal

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """``do`` is safe on several processes at once; it comes every so many ``seconds``.

    It answers whether there may be more to do at once.
    """

    name: str
    seconds: float
    do: Callable[[], bool]


class Chores:
    """Runs each chore on a greenlet of its own until it is stopped."""

    def __init__(self, chores: Sequence[Chore], more: Sequence[Chore] = ()) -> None:
        self._chores = [*chores, *more]
        self._bells = {chore.name: Event() for chore in self._chores}
        self._greenlets: list[gevent.Greenlet[..., None]] = []

    def start(self) -> None:
        self._greenlets = [gevent.spawn(self._repeat, chore) for chore in self._chores]

    def stop(self) -> None:
        gevent.killall(self._greenlets)

    def wake(self, name: str) -> None:
        """Let a chore come at once; from any greenlet, never blocks."""
        self._bells[name].set()

    def _repeat(self, chore: Chore) -> None:
        bell = self._bells[chore.name]
        while True:
            bell.wait(chore.seconds)
            bell.clear()
            while once(chore):
                gevent.sleep(0)


def once(chore: Chore) -> bool:
    """Whether it asks to be repeated; one that fails is logged, and comes again in its time."""
    try:
        return chore.do()
    except Refusal as refusal:
        log.warning("chore_refused", chore=chore.name, code=refusal.code)
    except Exception:
        log.exception("chore_failed", chore=chore.name)
    return False
