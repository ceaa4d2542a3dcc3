"""Real people in the demo's channel, who deserve an answer."""

from collections.abc import Container
from dataclasses import dataclass, field
from random import Random
from threading import Lock
from time import monotonic

from stonks.adapters.wire.frames import EntryFrame
from stonks.entrypoints.demo.script import Line, scenes

BETWEEN_ANSWERS = 12.0  # seconds; who plays must not drown who came to talk


@dataclass(slots=True)
class Audience:
    """Remembers who has written, and finds a line that answers them."""

    cast: Container[str]
    random: Random = field(default_factory=Random)
    _known: set[str] = field(default_factory=set)
    _waiting: list[tuple[str, str]] = field(default_factory=list)
    _answered_at: float = float("-inf")
    _lock: Lock = field(default_factory=Lock)

    def hear(self, entry: EntryFrame) -> None:
        name, text = entry.actor.username, entry.data.get("text")
        if entry.kind == "message" and name and name not in self.cast and isinstance(text, str):
            with self._lock:
                self._waiting = [(name, text)]  # the newest; nobody answers everything

    def answer(self) -> Line | None:
        """What somebody says to who wrote last, if it is time for it."""
        with self._lock:
            if not self._waiting or monotonic() - self._answered_at < BETWEEN_ANSWERS:
                return None
            name, text = self._waiting.pop()
            self._answered_at = monotonic()
            line = self.random.choice(self._lines(name, text))
            self._known.add(name)
        return Line(line.who, line.text.replace("{name}", name))

    def _lines(self, name: str, text: str) -> list[Line]:
        kind = "first" if name not in self._known else "question" if "?" in text else "again"
        return [line for scene in scenes("replies") if scene.name == kind for line in scene.lines]
