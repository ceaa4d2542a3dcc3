"""Have endpoints told what they have not been told."""

from collections.abc import Collection
from dataclasses import dataclass

from stonks.application.ports import Begin
from stonks.application.webhooks.ports import WebhooksWork
from stonks.domain.ids import RoomId


@dataclass(frozen=True, slots=True)
class WakeEndpoints:
    """Make due those whose room's log goes on after their position, in one statement.

    Nothing is written for endpoints when something happens; so this is done again and again.
    """

    begin: Begin[WebhooksWork]

    def __call__(self, rooms: Collection[RoomId] | None = None) -> int:
        """Those of some rooms, or all; how many."""
        with self.begin() as work:
            return work.turns.wake(rooms)
