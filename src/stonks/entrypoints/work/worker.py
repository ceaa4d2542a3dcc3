"""The Celery worker."""

import logging
import signal
import sys
import warnings
from collections.abc import Mapping
from time import monotonic
from typing import Any

from celery import Celery
from celery.exceptions import CPendingDeprecationWarning
from celery.platforms import SecurityWarning
from celery.signals import setup_logging, worker_process_init, worker_process_shutdown

from stonks.adapters.celery import MAINTENANCE, celery_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.keys import with_key
from stonks.entrypoints.logs import set_up_logs
from stonks.entrypoints.mailing import check_mail
from stonks.entrypoints.settings import BadSetting, Settings, read_settings
from stonks.entrypoints.work.jobs import do

TASKS = ("events", "fanouts", "batches", "deliveries", "mails", "webhooks", "attendance")
SECONDS_TO_FINISH = 20.0
"""For sends that have begun when a worker stops: longer than one takes."""


def work_forever(environ: Mapping[str, str]) -> None:
    """Raises ``BadSetting`` where it cannot start; ends when it is told to."""
    settings = with_key(read_settings(environ))
    check_mail(settings)
    must_share(settings)
    app = celery_app(settings.redis_url)
    Tasks(app, settings)
    setup_logging.connect(lambda **_: _set_up_logs(settings), weak=False)
    warnings.simplefilter("ignore", SecurityWarning)  # of root and pickle; we take JSON alone
    warnings.simplefilter("ignore", CPendingDeprecationWarning)  # of a setting that is set
    sys.__stdout__ = None  # type: ignore[misc] # there Celery says, past all logs, that it stops
    app.worker_main(["--quiet", *_arguments(settings)])


def _set_up_logs(settings: Settings) -> None:
    """That tasks come and go is not told: they are hints, and metrics know what waits."""
    set_up_logs(settings)
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)


def must_share(settings: Settings) -> None:
    """Raise ``BadSetting`` where the web process does all work itself."""
    if "memory" in (settings.storage, settings.signals):
        raise BadSetting("with memory: the web process does this work itself; start no other")


def _arguments(settings: Settings) -> list[str]:
    return [
        "worker",
        f"--concurrency={settings.worker_processes}",
        f"--queues={','.join(_queues(settings))}",
        f"--loglevel={settings.log_level}",
        "--without-gossip",
        "--without-mingle",
    ]


def _queues(settings: Settings) -> list[str]:
    """One a job. This container connects to nothing: the children have their own."""
    return [*Container(settings=settings).jobs(), MAINTENANCE]


class Tasks:
    """The tasks of a worker: each does its job until nothing is left of it.

    A child process builds a container of its own, so that no connection is shared.
    """

    def __init__(self, app: Celery, settings: Settings) -> None:
        self._settings = settings
        self._container: Container | None = None
        worker_process_init.connect(self._begin, weak=False)
        worker_process_shutdown.connect(self._end, weak=False)
        for name in TASKS:
            app.task(self._task(name), name=f"stonks.{name}")
        app.task(self._maintain, name="stonks.maintenance")

    @property
    def container(self) -> Container:
        if self._container is None:
            self._container = Container(settings=self._settings)
        return self._container

    def _begin(self, **_: Any) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the parent lets a child finish its task
        _set_up_logs(self._settings)
        self.container.engine.override(self.container.worker_engine)

    def _end(self, **_: Any) -> None:
        if self._container is not None:
            end = monotonic() + SECONDS_TO_FINISH
            for senders in self._container.senders():
                senders.close(max(0.0, end - monotonic()))

    def _task(self, name: str) -> Any:
        def task(way: str = "") -> None:
            job = f"{name}.{way}" if way else name
            if do(job, self.container.jobs()):
                self.container.hint()(job)

        return task

    def _maintain(self) -> None:
        for name, job in self.container.maintenance().items():
            do(name, {name: job})
