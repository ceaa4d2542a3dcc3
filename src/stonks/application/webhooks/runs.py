"""Going through a room's log, a run of events at a time."""

from collections.abc import Sequence

from stonks.application.webhooks.ports import Run, WebhooksWork
from stonks.domain.ids import RoomId
from stonks.domain.webhooks.event_type import EventType

A_RUN = 50
"""Events that are sent before it is written down that they were: as many are sent again after a
crash."""


def run_after(
    work: WebhooksWork, room_id: RoomId, position: int, types: Sequence[EventType]
) -> Run:
    """The next events of these types; a run without any has looked at all there is."""
    while True:
        run = work.events.after(room_id, position, types, A_RUN)
        if run.events or run.position == position:
            return run
        position = run.position
