"""Going through a room's log, a run of events at a time."""

from collections.abc import Sequence

from stonks.application.webhooks.ports import Run, WebhooksWork
from stonks.domain.ids import RoomId

A_RUN = 50
"""Events that are sent before it is written down that they were: as many are sent again after a
crash."""
MOST_LOOKS = 50
"""At the log, before it is written down how far it was looked at."""


def run_after(work: WebhooksWork, room_id: RoomId, position: int, types: Sequence[str]) -> Run:
    """The next events of these types; a run without any has looked at all there is, or at much."""
    for _ in range(MOST_LOOKS):
        run = work.events.after(room_id, position, types, A_RUN)
        if run.events or run.position == position:
            return run
        position = run.position
    return Run((), position)
