"""Presence on Redis: a hash a room, a field a process, each with its own end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from redis import Redis, RedisError

from stonks.application.ports import Clock
from stonks.domain.ids import RoomId
from stonks.domain.presence.beat import LASTS


@dataclass(frozen=True, slots=True)
class RedisPresence:
    """``Presence`` of one process, named ``process``."""

    redis: Redis
    process: str
    now: Clock

    def beat(self, counts: Mapping[RoomId, int]) -> None:
        ends = self.now().timestamp() + LASTS
        try:
            with self.redis.pipeline(transaction=False) as pipe:
                for room_id, count in counts.items():
                    if count:
                        pipe.hset(_key(room_id), self.process, f"{count}:{ends:.0f}")
                        pipe.expire(_key(room_id), int(2 * LASTS))
                    else:
                        pipe.hdel(_key(room_id), self.process)
                pipe.execute()
        except RedisError:
            return

    def viewers(self, rooms: Collection[RoomId]) -> Mapping[RoomId, int]:
        wanted = list(rooms)
        try:
            with self.redis.pipeline(transaction=False) as pipe:
                for room_id in wanted:
                    pipe.hvals(_key(room_id))
                answers = pipe.execute()
        except RedisError:
            return dict.fromkeys(wanted, 0)
        at = self.now().timestamp()
        return {room_id: _sum(rows, at) for room_id, rows in zip(wanted, answers, strict=True)}


def _key(room_id: RoomId) -> str:
    return f"stonks:viewers:{{{room_id}}}"


def _sum(rows: Collection[bytes], at: float) -> int:
    parts = (row.decode().partition(":") for row in rows)
    return sum(int(count) for count, _, ends in parts if float(ends) > at)
