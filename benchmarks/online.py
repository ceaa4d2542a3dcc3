"""How long it takes to learn who of 10,000 people is online, among 20 processes of 10,000 each.

``python benchmarks/online.py``, on the Valkey that Stonks brings along; beside it what one
SMISMEMBER for each process takes.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from redis import Redis

from stonks.adapters.clock import new_id, now
from stonks.adapters.embedded import places
from stonks.adapters.embedded.stores import running_stores
from stonks.adapters.embedded.valkey import EmbeddedValkey
from stonks.adapters.redis.people_online import RedisPeopleOnline
from stonks.domain.ids import ProfileId
from stonks.domain.presence.beat import SETTLES

PROCESSES, EACH, ASKED, TIMES = 20, 10_000, 10_000, 15
SHARES = (0.0, 0.2, 1.0)
KEY = "stonks:{online}:"


def main() -> None:
    with TemporaryDirectory(prefix="stonks-bench-") as folder:
        var = Path(folder)
        with running_stores(var, [EmbeddedValkey(var)]):
            measure(Redis.from_url(places.redis_url(var)))


def measure(redis: Redis) -> None:
    ends = [RedisPeopleOnline(redis, f"process-{number}", now) for number in range(PROCESSES)]
    crowds = [[ProfileId(new_id()) for _ in range(EACH)] for _ in ends]
    first = [
        took(lambda end=end, crowd=crowd: end.beat({*crowd}))
        for end, crowd in zip(ends, crowds, strict=True)
    ]
    say("the first beat of 10,000", first)
    crowd = {*crowds[0]}
    say("a beat without a change", [took(lambda: ends[0].beat(crowd)) for _ in range(TIMES)])
    redis.set(f"{KEY}since", now().timestamp() - SETTLES)
    for share in SHARES:
        there = int(ASKED * share)
        asked = [crowds[n % PROCESSES][n // PROCESSES] for n in range(there)]
        asked += [ProfileId(new_id()) for _ in range(ASKED - there)]
        expected = {*asked[:there]}
        for name, ask in (("online", ends[0].online), ("SMISMEMBER", by_membership(redis))):
            if ask(asked) != expected:
                sys.exit(f"{name} is wrong")
            times = [took(lambda ask=ask, asked=asked: ask(asked)) for _ in range(TIMES)]
            say(f"{name}, {there:,} of {ASKED:,} online", times)


def by_membership(redis: Redis) -> Callable[[Sequence[ProfileId]], set[UUID]]:
    def ask(people: Sequence[ProfileId]) -> set[UUID]:
        members = [id_.bytes for id_ in people]
        with redis.pipeline(transaction=False) as pipe:
            for process in redis.zrange(f"{KEY}processes", 0, -1):
                pipe.smismember(f"{KEY}of:{process.decode()}", members)
            rows = pipe.execute()
        return {one for one, *hits in zip(people, *rows, strict=True) if any(hits)}

    return ask


def took(act: Callable[[], object]) -> float:
    """Milliseconds."""
    started = perf_counter()
    act()
    return (perf_counter() - started) * 1000


def say(what: str, times: Sequence[float]) -> None:
    sys.stdout.write(f"{what:<40} median {median(times):5.1f} ms, worst {max(times):5.1f} ms\n")


if __name__ == "__main__":
    main()
