"""What is worth asking for once and keeping for a while."""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """A value that is good for ``seconds``. Two who miss it at once both ask for it."""

    def __init__(
        self, ask: Callable[[], Value], seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self._ask, self._seconds, self._clock = ask, seconds, clock
        self._kept: tuple[float, Value] | None = None

    def __call__(self) -> Value:
        kept = self._kept
        if kept is not None and self._clock() - kept[0] < self._seconds:
            return kept[1]
        return self._renewed()

    def anew(self, at_least_after: float) -> Value:
        """Ask again, unless that was done within so many seconds."""
        kept = self._kept
        if kept is not None and self._clock() - kept[0] < at_least_after:
            return kept[1]
        return self._renewed()

    def _renewed(self) -> Value:
        value = self._ask()
        self._kept = (self._clock(), value)
        return value
