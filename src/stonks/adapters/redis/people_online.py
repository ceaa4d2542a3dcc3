"""Who is online, on Redis: a set of people for each process, which ends with it.

Every key has the tag ``{online}``, and so one slot: sets are intersected.
"""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

from redis import Redis, RedisError
from redis.client import Pipeline

from stonks.application.ports import Clock
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId
from stonks.domain.presence.beat import LASTS, SETTLES

_KEY = "stonks:{online}:"
_PROCESSES = f"{_KEY}processes"  # by when each was last heard of; most of them are long over
_SINCE = f"{_KEY}since"  # when processes began to say who is there, without a pause since
_FORGOTTEN = 3600  # seconds
_SOMEBODY = b""  # is in every set: without members there would be none
_AT_ONCE = 1000
_ASKED_AT_ONCE = 10_000
_ASKED_LASTS = 10  # seconds, for one whose asker dies


@dataclass(slots=True)
class RedisPeopleOnline:
    """``PeopleOnline`` of one process, named ``process``; one beat at a time.

    A beat says who came and who went, and counts: where Redis does not know as many as it was
    told of, all are said again.
    """

    redis: Redis
    process: str
    now: Clock
    _said: frozenset[ProfileId] | None = None

    def beat(self, people: Set[ProfileId]) -> None:
        here = frozenset(people)
        try:
            if not self._say_what_changed(here):
                self._say_all(here)
            self._said = here
        except RedisError:
            self._said = None

    def online(self, people: Collection[ProfileId]) -> Set[ProfileId]:
        asked = {id_.bytes: id_ for id_ in people}
        try:
            found = [self._ask(some) for some in _chunks(asked, _ASKED_AT_ONCE)]
        except RedisError:
            raise _unknown() from None
        return {asked[member] for members in found for member in members}

    def _say_what_changed(self, here: frozenset[ProfileId]) -> bool:
        """Whether Redis now knows of all who are here."""
        if self._said is None:
            return False
        with self.redis.pipeline() as pipe:
            for some in _chunks(here - self._said, _AT_ONCE):
                pipe.sadd(self._own, *[id_.bytes for id_ in some])
            for some in _chunks(self._said - here, _AT_ONCE):
                pipe.srem(self._own, *[id_.bytes for id_ in some])
            return self._finish(pipe) == len(here) + 1

    def _say_all(self, here: frozenset[ProfileId]) -> None:
        with self.redis.pipeline() as pipe:
            pipe.delete(self._own)
            pipe.sadd(self._own, _SOMEBODY)
            for some in _chunks(here, _AT_ONCE):
                pipe.sadd(self._own, *[id_.bytes for id_ in some])
            self._finish(pipe)

    def _finish(self, pipe: Pipeline) -> int:
        """In one transaction, so that no set is ever without an end; how many it has."""
        at = self.now().timestamp()
        pipe.zadd(_PROCESSES, {self.process: at})
        pipe.zremrangebyscore(_PROCESSES, "-inf", at - _FORGOTTEN)
        pipe.expire(_PROCESSES, _FORGOTTEN)
        pipe.set(_SINCE, at, nx=True)
        pipe.expire(_SINCE, int(LASTS))
        pipe.expire(self._own, int(LASTS))
        pipe.scard(self._own)
        return int(pipe.execute()[-1])

    def _ask(self, asked: Sequence[bytes]) -> Set[bytes]:
        key = f"{_KEY}asked:{uuid4().hex}"
        with self.redis.pipeline() as pipe:
            pipe.zrange(_PROCESSES, 0, -1)
            pipe.sadd(key, _SOMEBODY, *asked)
            pipe.expire(key, _ASKED_LASTS)
            pipe.get(_SINCE)
            processes, *_, since = pipe.execute()
        with self.redis.pipeline(transaction=False) as pipe:
            for process in processes:
                pipe.sinter([key, _own(process.decode())])
            pipe.unlink(key)
            found: set[bytes] = set().union(*pipe.execute()[:-1])
        if _SOMEBODY not in found or not self._is_settled(since):
            raise _unknown()
        return found - {_SOMEBODY}

    def _is_settled(self, since: bytes | None) -> bool:
        """Whether every process that lives has had the time to say who is there."""
        return since is not None and not 0 <= self.now().timestamp() - float(since) < SETTLES

    @property
    def _own(self) -> str:
        return _own(self.process)


def _own(process: str) -> str:
    return f"{_KEY}of:{process}"


def _unknown() -> Unavailable:
    return Unavailable("presence_unknown", "nobody knows who is online")


def _chunks(things: Collection[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(things)
    while some := [*islice(rest, size)]:
        yield some
