"""What happens to requests that are sent, as a test wants it."""

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from stonks.adapters.memory.egress import MemoryEgress
from stonks.application.egress.ports import Answer
from stonks.domain.errors import Unavailable


class Killed(Exception):
    """Whoever runs into it does nothing any more."""


class Fate(Enum):
    """What becomes of a request, and of who sends it."""

    TAKEN = auto()
    REFUSED = auto()
    GONE = auto()
    UNREACHABLE = auto()
    UNANSWERED = auto()
    """It arrived, but no answer came back."""
    DIES_BEFORE = auto()
    DIES_AFTER = auto()
    """Its sender, when it has arrived."""


NEVER_ARRIVES = {Fate.UNREACHABLE, Fate.DIES_BEFORE}
ANSWERS = {Fate.TAKEN: 204, Fate.REFUSED: 500, Fate.GONE: 410}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A request that a receiver saw; ``seq`` is None for what is in no log."""

    url: str
    id: str
    seq: int | None


@dataclass(slots=True)
class Wire:
    """Receivers that answer challenges, and everything else as ``fates`` say."""

    fates: deque[Fate] = field(default_factory=deque)
    arrived: list[Arrived] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        data = json.loads(body)["data"]
        if "challenge" in data:
            self.arrived.append(Arrived(url, headers["webhook-id"], None))
            return Answer(200, {}, data["challenge"].encode())
        fate = self.fates.popleft() if self.fates else Fate.TAKEN
        if fate not in NEVER_ARRIVES:
            self.arrived.append(Arrived(url, headers["webhook-id"], data["seq"]))
        return self._answer(fate)

    def _answer(self, fate: Fate) -> Answer:
        if fate in (Fate.DIES_BEFORE, Fate.DIES_AFTER):
            raise Killed
        if fate is Fate.UNREACHABLE:
            raise Unavailable("egress_failed", "nothing was sent: a test")
        if fate is Fate.UNANSWERED:
            raise Unavailable("egress_uncertain", "no answer came: a test")
        return Answer(ANSWERS[fate], {}, b"")


class WiredEgress(MemoryEgress):
    """``MemoryEgress`` whose requests go over a ``Wire``."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        seconds: float = 10.0,
        largest: int = 4096,
    ) -> Answer:
        return self._wire.post(url, body, headers)
