"""A gevent worker that says goodbye before it goes."""

from types import FrameType

import gevent
from gunicorn.workers.ggevent import GeventWorker

from stonks.entrypoints.web.application import WebApplication


class WebWorker(GeventWorker):
    """Told to stop, it says that it is not ready, sends its sockets elsewhere, and then goes."""

    app: WebApplication
    is_leaving = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.is_leaving:
            self.is_leaving = True
            gevent.spawn(self._leave)  # a signal's handler must not wait

    def _leave(self) -> None:
        try:
            self.app.drain()
        except Exception:
            self.log.exception("Draining failed")
        finally:
            self.alive = False
