"""Saying who is connected to this process."""

from collections.abc import Set

import gevent
from gevent.event import Event
from gevent.lock import BoundedSemaphore

from stonks.application.presence.ports import PeopleOnline
from stonks.domain.ids import ProfileId
from stonks.domain.presence.beat import EVERY
from stonks.entrypoints.sockets.registry import Registry

AT_MOST_EVERY = 0.2  # seconds in which all who come are told of together


class Attendance:
    """Tells it again and again, and soon after somebody came."""

    def __init__(self, online: PeopleOnline, registry: Registry) -> None:
        self._online = online
        self._registry = registry
        self._saying = BoundedSemaphore()
        self._somebody_came = Event()
        self._somebody_came.set()  # that this process is here is told at once, too

    def note(self) -> None:
        """Somebody came; never blocks."""
        self._somebody_came.set()

    def keep(self) -> None:
        """Runs until it is killed."""
        while True:
            self._somebody_came.wait(EVERY)
            self._somebody_came.clear()
            self._say(self._registry.people())
            gevent.sleep(AT_MOST_EVERY)

    def end(self) -> None:
        """Nobody is here any more."""
        self._say(frozenset())

    def _say(self, people: Set[ProfileId]) -> None:
        with self._saying:
            self._online.beat(people)
