"""The load generator, held by its pipe; ``load.c`` says what it does."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rig.build import compiled
from rig.machine import REST, pinned
from rig.processes import Failed


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server wants said before, with and after a message."""

    path: str = "/"
    receiver: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()
    message: str = "{text}"
    ack: str | None = None
    refusal: str | None = None
    beat: tuple[str, str] | None = None
    tokens: Path | None = None
    rooms: Path | None = None

    def arguments(self) -> list[str]:
        words = [f"--path={self.path}", f"--message={self.message}"]
        words += [f"--receiver={step}" for step in self.receiver]
        words += [f"--sender={step}" for step in self.sender]
        optional = {
            "ack": self.ack,
            "refusal": self.refusal,
            "tokens": self.tokens,
            "rooms": self.rooms,
        }
        words += [f"--{name}={value}" for name, value in optional.items() if value]
        if self.beat:
            words += [f"--beat={self.beat[0]}", f"--answer={self.beat[1]}"]
        return words


@dataclass(frozen=True, slots=True)
class Run:
    """What one measure counted; latencies in milliseconds, from sending to the last receiver."""

    seconds: float
    deliveries: int
    acks: int
    messages: int
    missing: int
    gaps: int
    doubles: int
    refused: int
    closed: int
    busy: float  # of the load's own core, 0 to 1
    p50: float
    p99: float
    samples: tuple[float, ...]  # what ``sample`` gained while it ran

    @property
    def is_clean(self) -> bool:
        """Everybody got every message, once, in its sender's order."""
        return not (self.missing or self.gaps or self.doubles or self.refused or self.closed)


Sample = Callable[[], tuple[float, ...]]


class Load:
    """Connections to one server, with senders among them."""

    def __init__(self, port: int, dialect: Dialect) -> None:
        command = [str(compiled("load")), f"--port={port}", *dialect.arguments()]
        with pinned(REST):
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )

    def receivers(self, count: int) -> None:
        self._tell(f"receivers {count}")
        self._expect("ready")

    def senders(self, count: int) -> None:
        self._tell(f"senders {count}")
        self._expect("ready")

    def run(self, senders: int, window: int, seconds: float, sample: Sample = tuple) -> Run:
        """``senders`` keep ``window`` messages each under way: not back with them yet."""
        return self._measure(f"run {senders} {window} {seconds}", sample)

    def store(self, senders: int, window: int, seconds: float, sample: Sample = tuple) -> Run:
        """The same, where a message is under way until it is acknowledged."""
        return self._measure(f"store {senders} {window} {seconds}", sample)

    def pace(self, rate: float, seconds: float, sample: Sample = tuple) -> Run:
        """``rate`` messages a second in all."""
        return self._measure(f"pace {rate} {seconds}", sample)

    def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(20)

    def _measure(self, command: str, sample: Sample) -> Run:
        self._tell(command)
        self._expect("started")
        before = sample()
        stopped = self._expect("stopped")
        after = sample()
        done = self._expect("done")
        counted = {**stopped, **done, "acks": stopped["acks"]}
        gained = tuple(b - a for a, b in zip(before, after, strict=True))
        busy = stopped["cpu"] / stopped["seconds"]
        known = {name: counted[name] for name in Run.__dataclass_fields__ if name in counted}
        return Run(**known, busy=busy, samples=gained)

    def _tell(self, command: str) -> None:
        if self._process.stdin:
            self._process.stdin.write(command + "\n")
            self._process.stdin.flush()

    def _expect(self, event: str) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise Failed(f"the load ended before it was {event!r}")
        told: dict[str, Any] = json.loads(line)
        if told["event"] != event:
            raise Failed(f"the load said {line!r}, not {event!r}")
        return told
