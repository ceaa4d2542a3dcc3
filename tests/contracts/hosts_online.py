"""Who is online, as a test says; the real answer is ``PeopleOnline``'s, which has a contract."""

from collections.abc import Collection
from dataclasses import dataclass, field

from stonks.domain.ids import ProfileId


@dataclass(slots=True)
class HostsHere:
    """``HostsOnline``: those who are ``here``."""

    here: set[ProfileId] = field(default_factory=set)

    def __call__(self, people: Collection[ProfileId]) -> Collection[ProfileId]:
        return self.here & {*people}
