"""The application that gunicorn runs."""

import gc
import os
import signal
from functools import partial
from typing import Any

import gevent
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from prometheus_client import multiprocess

from stonks.entrypoints.app import create_app
from stonks.entrypoints.chores import Chores
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.web.gunicorn_log import GunicornLog
from stonks.entrypoints.work.local import LocalHint

KEEPALIVE_SECONDS = 5
SECONDS_FOR_REQUESTS = 10.0


class WebApplication(BaseApplication):
    """One app a worker, built after the fork so that no connection is shared."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.container = Container(settings=settings)
        super().__init__()

    def load_config(self) -> None:
        for name, value in _options(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        app = create_app(self.container)
        self.container.socket_hub().start()
        chores = self.container.chores()
        self._wake_at_once(chores)
        chores.start()
        _collect_rarely()
        return app

    def _wake_at_once(self, chores: Chores) -> None:
        """Have what is queued here done at once, where this process does all work itself."""
        hint = self.container.hint()
        if isinstance(hint, LocalHint):
            for job in self.container.jobs():
                hint.listeners[job] = partial(chores.wake, job)
            self.container.work_bell().listeners.append(partial(hint, "events"))
            self.container.mail_bell().listeners.append(partial(hint, "mails"))

    def drain(self) -> None:
        """Be ready for nothing new, and close the sockets, spread over ``drain_seconds``.

        It takes that long without sockets too: whoever asks ``/readyz`` needs time to notice.
        """
        notice = gevent.spawn(gevent.sleep, self.settings.drain_seconds)
        self.container.draining().begin()
        self.container.socket_hub().drain(self.settings.drain_seconds)
        notice.join()


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "bind": [_address(settings)],
        "workers": settings.web_workers,
        "worker_class": "stonks.entrypoints.web.worker.WebWorker",
        "worker_connections": settings.max_connections,
        "keepalive": KEEPALIVE_SECONDS,
        "timeout": 60,
        "graceful_timeout": int(settings.drain_seconds + SECONDS_FOR_REQUESTS),
        "forwarded_allow_ips": "",  # whom to believe is the app's own setting
        "secure_scheme_headers": {},
        "control_socket_disable": True,
        "logger_class": GunicornLog,
        "loglevel": settings.log_level,
        "proc_name": "stonks",
        "post_request": _let_others_run,
        "when_ready": _stop_in_order_on_ctrl_c,
        "child_exit": _forget_metrics,
    }


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _let_others_run(_: Any, __: Any, ___: Any, ____: Any) -> None:
    gevent.sleep(0)  # a busy keep-alive connection never waits, and would hold up the sockets


def _stop_in_order_on_ctrl_c(_: Arbiter) -> None:
    at_once = signal.getsignal(signal.SIGINT)

    def in_order(*_: object) -> None:
        signal.signal(signal.SIGINT, at_once)  # the second time means it
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGINT, in_order)


def _collect_rarely() -> None:
    """Messages leave no cycles behind, and looking for some among all connections is slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _forget_metrics(_: Arbiter, worker: Any) -> None:
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
