"""Who speaks when."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from random import Random

from stonks.adapters.wire.frames import Ack, Error
from stonks.entrypoints.demo.audience import Audience
from stonks.entrypoints.demo.cast import HOST
from stonks.entrypoints.demo.player import Answer, Player
from stonks.entrypoints.demo.script import Line, Scene, scenes

Wait = Callable[[float], object]
TALKS = 2  # conversations between two scenes of moderation
AT_THE_BEGINNING = (
    "/unban @rook",
    "/unmute @rook",
    "/unset admin @wren",
    "/slow off",
    "/followers off",
)
PUT_OUT = 5.0  # seconds to wait before trying again


def programme(random: Random) -> Iterator[Scene]:
    """All scenes, for ever: talk in an order that changes, moderation in its own."""
    moderation = cycle(scenes("moderation"))
    talks = [*scenes("conversations")]
    while True:
        random.shuffle(talks)
        for start in range(0, len(talks), TALKS):
            yield from talks[start : start + TALKS]
            yield next(moderation)


@dataclass(slots=True)
class Director:
    """Plays scenes on the players, at a human pace: a line each 1 to 4 seconds."""

    players: Mapping[str, Player]
    audience: Audience
    wait: Wait
    random: Random = field(default_factory=Random)
    _seq: int = 0

    def prepare(self) -> None:
        """Clear what an earlier play may have left; what is clear already changes nothing."""
        for command in AT_THE_BEGINNING:
            self.players[HOST].say(command)

    def play(self, scene: Scene, *, is_quick: bool = False) -> None:
        for line in scene.lines:
            if (answer := self.audience.answer()) is not None:
                self._deliver(answer, 1.0)
            self._deliver(line, 0.2 if is_quick else 1.0)
        self.wait(0.0 if is_quick else self.random.uniform(1, 4))

    def _deliver(self, line: Line, slowness: float) -> None:
        player = self.players[line.who]
        self.wait(slowness * self.random.uniform(0.6, 1.8))
        player.start_typing()
        self.wait(slowness * min(2.2, 0.4 + len(line.text) / 60))
        answer = player.say(line.text.replace("{seq}", str(self._seq)))
        if isinstance(answer, Error) and answer.retry_after is not None:
            self.wait(min(answer.retry_after, 5.0))
            answer = player.say(line.text.replace("{seq}", str(self._seq)))
        self._remember(answer)

    def _remember(self, answer: Answer | None) -> None:
        if isinstance(answer, Ack):
            self._seq = answer.seq
        elif isinstance(answer, Error) and answer.code in ("left", "channel_suspended"):
            self.wait(PUT_OUT)
