"""Who is online, in memory; processes are told apart by name."""

from collections.abc import Collection, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stonks.application.ports import Clock
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId
from stonks.domain.presence.beat import LASTS

Said = tuple[frozenset[ProfileId], datetime]


@dataclass(slots=True)
class MemoryPeopleOnline:
    """``PeopleOnline`` of one process; those that share ``said`` see each other."""

    now: Clock
    process: str = "this"
    said: dict[str, Said] = field(default_factory=dict)

    def beat(self, people: Set[ProfileId]) -> None:
        self.said[self.process] = (frozenset(people), self.now())

    def online(self, people: Collection[ProfileId]) -> Set[ProfileId]:
        oldest = self.now() - timedelta(seconds=LASTS)
        believed = [here for here, at in self.said.values() if at > oldest]
        if people and not believed:
            raise Unavailable("presence_unknown", "nobody knows who is online")
        return {one for one in people if any(one in here for here in believed)}
