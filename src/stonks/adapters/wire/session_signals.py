"""Signals of ended sessions and changed people to every process."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from stonks.adapters.wire.bus import Bus, Notice, encode_notice
from stonks.domain.ids import ProfileId, SessionId


@dataclass(slots=True)
class BusSessionSignals:
    """``SessionSignals`` on a bus; a process that serves sockets sets ``heed_here``.

    Then its own sockets feel it at once, also while nothing gets through to the others.
    """

    bus: Bus
    heed_here: Callable[[Notice], None] | None = None

    def ended(self, ids: Collection[SessionId]) -> None:
        if ids:
            self._tell(Notice(sessions_ended=tuple(ids)))

    def changed(self, profile_id: ProfileId) -> None:
        self._tell(Notice(profiles_changed=(profile_id,)))

    def _tell(self, notice: Notice) -> None:
        if self.heed_here is not None:
            self.heed_here(notice)
        self.bus.publish_control(encode_notice(notice))
