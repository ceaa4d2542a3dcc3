"""How a worker listens to Redis."""

from functools import partial
from typing import Any

from celery.worker.consumer import Consumer

SECONDS_BETWEEN_TRIES = 2


class SteadyConsumer(Consumer):
    """Tries a Redis that is away again soon, also when it has been away for long.

    Celery itself waits longer each time, up to half a minute, and has no setting for it.
    """

    def ensure_connected(self, conn: Any) -> Any:
        conn.ensure_connection = partial(
            conn.ensure_connection,
            interval_start=SECONDS_BETWEEN_TRIES,
            interval_step=0,
            interval_max=SECONDS_BETWEEN_TRIES,
        )
        return super().ensure_connected(conn)
