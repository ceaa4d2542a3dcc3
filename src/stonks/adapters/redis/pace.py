"""How fast people write, remembered by Redis for all processes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from importlib.resources import files
from time import monotonic
from typing import Any

from redis import Redis, RedisError

from stonks.application.chat.ports import Attempt, Pace
from stonks.domain.chat.pace import WINDOW, most_in_a_window, repeated, slow_down
from stonks.domain.errors import Limited

_SCRIPT = files("stonks.adapters.redis").joinpath("pace.lua").read_text()
_PAUSE = 1.0


@dataclass(slots=True)
class RedisPace:
    """``Pace``: a whole batch is one round trip, on the clock of Redis.

    While Redis is away ``alone`` answers, and Redis is asked again after a second.
    """

    redis: Redis
    alone: Pace
    scale: float = 1
    _script: Any = field(init=False)
    _away_until: float = 0.0

    def __post_init__(self) -> None:
        self._script = self.redis.register_script(_SCRIPT)

    def admit(self, attempts: Sequence[Attempt]) -> Sequence[Limited | None]:
        if monotonic() < self._away_until:
            return self.alone.admit(attempts)
        try:
            answers = self._script(keys=_keys(attempts), args=self._arguments(attempts))
        except RedisError:
            self._away_until = monotonic() + _PAUSE
            return self.alone.admit(attempts)
        return [_refusal(int(answer)) for answer in answers]

    def _arguments(self, attempts: Sequence[Attempt]) -> list[str | int]:
        arguments: list[str | int] = [int(WINDOW.total_seconds() * 1000)]
        for attempt in attempts:
            arguments.append(most_in_a_window(attempt.role, self.scale))
            arguments.append("0" if attempt.role.moderates else "1")
            arguments.append(attempt.nonce or "")
        return arguments


def _keys(attempts: Sequence[Attempt]) -> list[str]:
    keys = []
    for attempt in attempts:
        writer = f"{{{attempt.room_id.hex}}}:{attempt.profile_id.hex}"  # a room has one slot
        keys += [f"stonks:pace:{writer}", f"stonks:said:{writer}:{_said(attempt)}"]
    return keys


def _said(attempt: Attempt) -> str:
    if attempt.role.moderates:
        return ""
    return blake2b(attempt.text.encode(), digest_size=12).hexdigest()


def _refusal(answer: int) -> Limited | None:
    if answer == 0:
        return None
    wait = timedelta(milliseconds=abs(answer))
    return slow_down(wait) if answer > 0 else repeated(wait)
