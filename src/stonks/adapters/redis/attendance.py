"""Who follows which room, on Redis: a sorted set of people a room, by when each was last seen.

A room has one key, and so one slot, whoever follows it wherever.
"""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from redis import Redis, RedisError

from stonks.application.ports import Clock
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import FEW, Present
from stonks.domain.presence.beat import ATTENDANCE_SETTLES, LASTS

_SINCE = "stonks:attendance:since"  # when processes began to say it, without a pause since
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class RedisAttendance:
    """``Attendance``; the clocks of all machines agree, to a second."""

    redis: Redis
    now: Clock

    def beat(self, rooms: Mapping[RoomId, Set[ProfileId]]) -> None:
        at = self.now().timestamp()
        try:
            with self.redis.pipeline(transaction=False) as pipe:
                pipe.set(_SINCE, at, nx=True)
                pipe.expire(_SINCE, int(LASTS))
                for room_id, people in rooms.items():
                    key = _key(room_id)
                    for some in _chunks(people):
                        pipe.zadd(key, dict.fromkeys((id_.bytes for id_ in some), at))
                    pipe.zremrangebyscore(key, "-inf", at - LASTS)
                    pipe.expire(key, int(LASTS))
                pipe.execute()
        except RedisError:
            return

    def present(self, room_id: RoomId) -> Present:
        key, oldest = _key(room_id), f"({self.now().timestamp() - LASTS}"
        try:
            with self.redis.pipeline(transaction=False) as pipe:
                pipe.get(_SINCE)
                pipe.zcount(key, oldest, "+inf")
                pipe.zrangebyscore(key, oldest, "+inf", start=0, num=FEW + 1)
                since, count, some = pipe.execute()
        except RedisError:
            raise _unknown() from None
        if not self._is_settled(since):
            raise _unknown()
        if len(some) > FEW:
            return Present(max(int(count), len(some)), None)
        return Present(len(some), {ProfileId(UUID(bytes=member)) for member in some})

    def _is_settled(self, since: bytes | None) -> bool:
        """Whether every process that lives has had the time to say who is there."""
        if since is None:
            return False
        return not 0 <= self.now().timestamp() - float(since) < ATTENDANCE_SETTLES


def _key(room_id: RoomId) -> str:
    return f"stonks:attendance:{{{room_id}}}"


def _unknown() -> Unavailable:
    return Unavailable("presence_unknown", "nobody knows who is there")


def _chunks(people: Collection[ProfileId]) -> Iterator[list[ProfileId]]:
    rest = iter(people)
    while some := [*islice(rest, _AT_ONCE)]:
        yield some
