"""The receiver of the examples as a real process, which can be killed, and others in threads."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from tests.integration.servers import free_port
from tests.integration.webhooks.hooked import Hook, HostedChannel, Json

PROGRAM = Path(__file__).parents[3] / "examples/webhook-receiver/receiver.py"
SECONDS_TO_START = 30


@dataclass(slots=True)
class ExampleReceiver:
    """On a port and with a file that it keeps, however often it is killed."""

    file: Path
    secret: str = ""
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Until it takes connections."""
        with self.file.with_suffix(".log").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(PROGRAM), str(self.port), str(self.file)],
                env={**os.environ, "WEBHOOK_SECRET": self.secret},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        end = monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self.process.poll() is None, self.log()
            assert monotonic() < end, self.log()
            sleep(0.02)

    def kill(self) -> None:
        """``kill -9``."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def log(self) -> str:
        return self.file.with_suffix(".log").read_text()

    def taken(self) -> list[Json]:
        """What it verified and kept, in the order in which it did."""
        whole = self.file.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def seqs(self) -> list[int]:
        return [event["data"]["seq"] for event in self.taken()]

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


@contextmanager
def example_receiver(file: Path) -> Iterator[ExampleReceiver]:
    """Not started, and killed when the block ends."""
    receiver = ExampleReceiver(file)
    try:
        yield receiver
    finally:
        receiver.kill()


@contextmanager
def told(channel: HostedChannel, file: Path, *types: str) -> Iterator[tuple[Hook, ExampleReceiver]]:
    """An active endpoint of a channel, and the receiver that it is."""
    with example_receiver(file) as receiver:
        hook = channel.add(receiver.url, *types)
        receiver.secret = hook.secret
        receiver.start()
        hook.activate()
        yield hook, receiver
