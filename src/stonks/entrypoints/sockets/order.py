"""A room's log as this process has heard it: in order, each entry once."""

from stonks.adapters.wire.batches import Batch

MOST_WAITING = 1000


class Order:
    """Puts batches in order, however they come: late, twice, or not at all."""

    __slots__ = ("_waiting", "known", "position")

    def __init__(self) -> None:
        self.position: int | None = None
        self.known = 0
        self._waiting: dict[int, Batch] = {}

    @property
    def is_behind(self) -> bool:
        """Whether the log is known to go on after ``position``."""
        return self.position is not None and self.position < self.known

    def begin(self, position: int) -> None:
        """What came before ``position`` is none of ours."""
        self.position = position
        self._catch_up()

    def take(self, batch: Batch) -> list[Batch]:
        """What can be delivered now that ``batch`` is here, in order."""
        self.known = max(self.known, batch.last)
        if self.position is None or batch.first > self.position + 1:
            self._wait(batch)
            return []
        if batch.first <= self.position:
            return []  # old news, or news that overlaps it: then the log knows the rest
        self.position = batch.last
        return [batch, *self._catch_up()]

    def expect(self, seq: int) -> None:
        """Somebody says that the log has come to ``seq``."""
        self.known = max(self.known, seq)

    def give_up(self) -> None:
        """The log has nothing more to say."""
        self.known = self.position or 0

    def _wait(self, batch: Batch) -> None:
        if len(self._waiting) < MOST_WAITING:
            self._waiting[batch.first] = batch

    def _catch_up(self) -> list[Batch]:
        ready: list[Batch] = []
        position = self.position or 0
        while next_ := self._waiting.pop(position + 1, None):
            ready.append(next_)
            position = next_.last
        self.position = position
        for first in [first for first in self._waiting if first <= position]:
            del self._waiting[first]
        return ready
