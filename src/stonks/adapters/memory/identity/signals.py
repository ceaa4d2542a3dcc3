"""Signals of ended sessions and changed people within one process."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class MemorySessionSignals:
    """``SessionSignals`` for whoever listens in this process."""

    listeners: list[Callable[[Collection[SessionId]], None]] = field(default_factory=list)
    onlookers: list[Callable[[ProfileId], None]] = field(default_factory=list)

    def ended(self, ids: Collection[SessionId]) -> None:
        for listener in self.listeners:
            listener(ids)

    def changed(self, profile_id: ProfileId) -> None:
        for onlooker in self.onlookers:
            onlooker(profile_id)
