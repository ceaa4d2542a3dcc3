"""What is looked at again and again, in case a message was lost."""

from collections.abc import Callable, Collection, Iterable, Set

import gevent
import structlog

from stonks.adapters.wire.frames import Viewers, encode
from stonks.domain.errors import Refusal
from stonks.domain.ids import ProfileId, RoomId, SessionId
from stonks.entrypoints.sockets.deps import SocketDeps
from stonks.entrypoints.sockets.feeds import Feeds
from stonks.entrypoints.sockets.registry import Registry

POSITIONS_EVERY = 2.0
VIEWERS_EVERY = 5.0
SESSIONS_EVERY = 10.0
NOTIFICATIONS_EVERY = 5.0
log = structlog.get_logger(__name__)


def every(seconds: float, look: Callable[[], None]) -> None:
    """Until killed; a look that fails is logged, and the next one comes."""
    while True:
        gevent.sleep(seconds)
        once(look)


def once(look: Callable[[], None]) -> None:
    """Now; a look that fails is logged."""
    try:
        look()
    except Refusal as refusal:
        log.warning("sweep_refused", sweep=look.__name__, code=refusal.code)
    except Exception:
        log.exception("sweep_failed", sweep=look.__name__)


class Sweeps:
    """Makes good what the bus lost: entries, ends of sessions, rooms that are gone."""

    def __init__(self, deps: SocketDeps, feeds: Feeds, registry: Registry) -> None:
        self._deps = deps
        self._feeds = feeds
        self._registry = registry
        self._attended: Set[RoomId] = frozenset()

    def positions(self) -> None:
        """Compare all rooms with the store, in one query."""
        rooms = [feed.room_id for feed in self._feeds.all()]
        if not rooms:
            return
        positions = self._deps.reads.positions(rooms)
        for room_id in rooms:
            if room_id in positions:
                self._feeds.expect(room_id, positions[room_id])
            else:
                self._registry.lose(room_id)

    def sessions(self) -> None:
        """Close what belongs to sessions that ended, and see who else is staff now."""
        self._look_at(self._registry.session_ids())

    def people(self, ids: Iterable[ProfileId]) -> None:
        """The same at once for people who changed, and for rooms, which may have been theirs."""
        self._look_at(self._registry.sessions_of(ids))
        self.positions()

    def viewers(self) -> None:
        """Say how many are here, and tell the rooms where the sum over all processes changed."""
        feeds = {feed.room_id: feed for feed in self._feeds.all()}
        if not feeds:
            return
        self._deps.presence.beat({room_id: feed.size for room_id, feed in feeds.items()})
        for room_id, count in self._deps.presence.viewers(feeds).items():
            feed = feeds[room_id]
            if feed.viewers != count:
                feed.viewers = count
                feed.say(encode(Viewers(room=room_id, count=count)))

    def attendance(self) -> None:
        """Say who is here, in rooms where somebody wants to know who comes and goes.

        Where nobody can say which these are, they are those that they were.
        """
        try:
            rooms = [feed.room_id for feed in self._feeds.all()]
            is_anybody_here = rooms and self._registry.session_ids()
            self._attended = self._deps.attended(rooms) if is_anybody_here else frozenset()
        finally:
            self._deps.attendance.beat(self._registry.attendance(self._attended))

    def _look_at(self, ids: Collection[SessionId]) -> None:
        if ids:
            self._registry.correct(ids, self._deps.alive_sessions(ids))
