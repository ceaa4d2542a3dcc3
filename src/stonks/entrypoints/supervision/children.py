"""The processes beside the stores, kept by honcho."""

import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from time import sleep

from honcho import manager
from honcho.printer import Message, Printer
from honcho.process import Process

from stonks.entrypoints.settings import Settings

BESIDE_DRAINING = 10  # seconds for the last requests
QUIET = {"STONKS_LOG_FORMAT": "console", "STONKS_LOG_LEVEL": "warning"}  # unless asked otherwise
ORDERS = (130, 143)  # how honcho says that it was told to stop


class Children(manager.Manager):
    """Runs until it is told to stop, or until one child is gone for good."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__(Lines(sys.stdout))
        self._process_ctor = Child
        self._then = then

    def _start(self) -> None:
        super()._start()
        threading.Thread(target=self._then, daemon=True).start()  # no thread before the forks

    def terminate(self) -> None:
        if self._all_started():
            super().terminate()
        else:  # honcho cannot end what it does not know yet
            threading.Timer(0.1, self.terminate).start()

    @property
    def was_told_to_stop(self) -> bool:
        return self.returncode in ORDERS


class Child(Process):
    """A process that does not outlive a supervisor which was killed."""

    def run(self, events: object = None, ignore_signals: bool = False) -> None:
        threading.Thread(target=self._watch, args=(os.getppid(),), daemon=True).start()
        super().run(events, ignore_signals)

    def _watch(self, supervisor: int) -> None:
        while os.getppid() == supervisor:
            sleep(0.5)
        if self._child:
            os.killpg(self._child.pid, signal.SIGTERM)


class Lines(Printer):
    """What the children say, without what honcho says about them."""

    def write(self, message: Message) -> None:
        if message.name != manager.SYSTEM_PRINTER_NAME:
            super().write(message)


def children(settings: Settings, environ: Mapping[str, str], then: Callable[[], None]) -> Children:
    """All processes, the demo where it is wanted; ``then`` runs when they have started.

    In memory, which processes do not share, the web process does the work of the others, too.
    """
    manager.KILL_WAIT = settings.drain_seconds + BESIDE_DRAINING
    found = Children(then)
    quiet = {**QUIET, **environ}
    found.add_process("web", _command("serve"), env=quiet)
    if "memory" not in (settings.storage, settings.signals):
        found.add_process("worker", _command("worker"), env=quiet)
        found.add_process("relay", _command("relay"), env=quiet)
    if settings.demo:
        found.add_process("demo", f"while :; do {_command('demo')}; sleep 5; done", env=quiet)
    return found


def _command(name: str) -> str:
    return f"{shlex.quote(sys.executable)} -m stonks {name}"
