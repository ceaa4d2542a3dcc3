"""How busy a room is."""

_WINDOW = 1.0
HOT = 50  # batches a second; below, nobody waits for others
FEW = 600  # receivers; a batch to twice as many counts twice, since it costs twice as much


class Heat:
    """Counts over the last second, roughly: this window, and what is left of the last."""

    __slots__ = ("_before", "_count", "_since")

    def __init__(self) -> None:
        self._before = self._count = 0.0
        self._since = 0.0

    def is_hot_after(self, now: float, receivers: int) -> bool:
        """Count a batch at ``now``; whether that makes more than ``HOT`` in a second."""
        gone = now - self._since
        if gone >= _WINDOW:
            self._before = self._count if gone < 2 * _WINDOW else 0.0
            self._since, self._count, gone = now, 0.0, 0.0
        self._count += max(1.0, receivers / FEW)
        return self._count + self._before * (1 - gone / _WINDOW) > HOT
