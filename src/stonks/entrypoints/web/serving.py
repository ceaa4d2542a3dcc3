"""Serving until told to stop."""

from stonks.entrypoints.web import patched  # noqa: F401 - before everything else

# isort: split

import atexit
import os
import shutil
from collections.abc import Mapping
from tempfile import mkdtemp

from stonks.entrypoints.keys import with_key
from stonks.entrypoints.logs import set_up_logs
from stonks.entrypoints.mailing import check_mail
from stonks.entrypoints.notifying import check_notifiers
from stonks.entrypoints.settings import BadSetting, Settings, read_settings
from stonks.entrypoints.web.limits import check_port, raise_open_files

FILES_BESIDE_CONNECTIONS = 500


def serve_forever(environ: Mapping[str, str]) -> None:
    """Raises ``BadSetting`` where it cannot start; ends the process otherwise."""
    settings = with_key(read_settings(environ))
    _check(settings)
    set_up_logs(settings)
    raise_open_files(2 * settings.max_connections + FILES_BESIDE_CONNECTIONS)
    if settings.web_workers > 1:
        _share_metrics()
    from stonks.entrypoints.web.application import WebApplication  # after the metrics' folder

    application = WebApplication(settings)
    application.container.notifiers()  # one that cannot be made is told of now
    application.run()


def _check(settings: Settings) -> None:
    in_memory = "memory" in (settings.storage, settings.signals)
    if in_memory and settings.web_workers > 1:
        raise BadSetting("STONKS_WEB_WORKERS takes 1 with memory:, which processes do not share")
    check_mail(settings)
    check_notifiers(settings)
    check_port(settings)


def _share_metrics() -> None:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        folder = os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="stonks-metrics-")
        atexit.register(_remove, folder, os.getpid())


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # and not a worker, which is a fork of it
        shutil.rmtree(folder, ignore_errors=True)
