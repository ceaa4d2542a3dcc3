"""Stores, schema, key, processes; and all of it down again in the opposite order."""

import os
import signal
import sys
from collections.abc import Mapping
from threading import Event
from time import monotonic
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from stonks.adapters.embedded.process import StoreFailed
from stonks.adapters.embedded.stores import Stores
from stonks.adapters.postgres import migrate
from stonks.entrypoints.client.place import own_url
from stonks.entrypoints.keys import with_key
from stonks.entrypoints.mailing import check_mail
from stonks.entrypoints.notifying import check_notifiers
from stonks.entrypoints.settings import Settings, read_settings
from stonks.entrypoints.supervision.children import children
from stonks.entrypoints.supervision.screen import start_screen
from stonks.entrypoints.supervision.stores import embedded_stores
from stonks.entrypoints.web.limits import check_port

PROMPTLY = {"STONKS_DRAIN_SECONDS": "0.5"}  # nobody stands behind a development server


def up(environ: Mapping[str, str]) -> int:
    """Run everything until it is told to stop; the exit code. Raises ``BadSetting`` and
    ``StoreFailed`` where it cannot start.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)  # its terminal was closed
    environ = {**PROMPTLY, **environ}
    settings = read_settings(environ)
    check_mail(settings)
    check_notifiers(settings)
    check_port(settings)
    try:
        with embedded_stores(settings) as stores:
            with_key(settings)
            if settings.storage == "postgres":
                migrate.upgrade(settings.database_url)
            return _run(settings, environ, stores)
    except KeyboardInterrupt:
        return 0


def _run(settings: Settings, environ: Mapping[str, str], stores: Stores) -> int:
    stopping = Event()
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    processes = children(settings, environ, lambda: _look_after(settings, stores, stopping))
    processes.loop()
    stopping.set()
    if processes.was_told_to_stop:
        print("Stopped.")  # noqa: T201 - this is the screen
        return 0
    _tell(f"a process ended by itself (code {processes.returncode}), so all of it was stopped")
    return 1


def _look_after(settings: Settings, stores: Stores, stopping: Event) -> None:
    """Show the screen once it is true, and start stores again that die."""
    began = monotonic()
    is_shown = False
    while not stopping.wait(0.1 if not is_shown else 1.0):
        if not is_shown and _is_ready(settings):
            is_shown = True
            print(start_screen(settings), flush=True)  # noqa: T201 - this is the screen
        if not is_shown and monotonic() - began > 60:
            began = monotonic()
            _tell("still not ready after a minute; stonks doctor may know why")
        _mend(stores)


def _mend(stores: Stores) -> None:
    try:
        for name in stores.mend():
            _tell(f"{name} had died and was started again")
    except StoreFailed as error:
        _tell(str(error))
        os.kill(os.getpid(), signal.SIGTERM)


def _is_ready(settings: Settings) -> bool:
    try:
        with urlopen(f"{own_url(settings)}/readyz", timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _tell(line: str) -> None:
    print(f"stonks: {line}", file=sys.stderr, flush=True)  # noqa: T201 - this is the screen


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
