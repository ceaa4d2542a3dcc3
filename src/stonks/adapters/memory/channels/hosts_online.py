"""Who is online, in memory: the answer until presence gives it, and for tests."""

from collections.abc import Collection
from dataclasses import dataclass, field

from stonks.domain.ids import ProfileId


@dataclass(slots=True)
class MemoryHostsOnline:
    """``HostsOnline``: those who are ``here``. Where nobody is, only beats keep a stream live."""

    here: set[ProfileId] = field(default_factory=set)

    def __call__(self, people: Collection[ProfileId]) -> Collection[ProfileId]:
        return self.here & {*people}
