"""Requests that leave nothing but a note."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from stonks.adapters.egress.addresses import Network
from stonks.adapters.egress.guard import Guard
from stonks.adapters.egress.names import Names, Resolve
from stonks.adapters.egress.requests import written
from stonks.adapters.egress.urls import read_url
from stonks.application.egress.ports import Answer
from stonks.domain.errors import Unavailable

CREATED = Answer(201, {}, b"")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that would have been sent."""

    url: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str]


def _public(_: str) -> tuple[str, ...]:
    return ("9.9.9.9",)


class MemoryEgress:
    """``Egress`` that answers from a script, and 201 when that is over.

    It forbids what is forbidden; every host is public unless ``resolve`` says otherwise.
    """

    def __init__(
        self,
        script: Iterable[Answer | Unavailable] = (),
        resolve: Resolve = _public,
        allowed: tuple[Network, ...] = (),
    ) -> None:
        self.script = deque(script)
        self.asked: list[Asked] = []
        self._guard = Guard(Names(resolve, seconds_kept=0), allowed)
        self._lock = Lock()

    def check(self, url: str) -> None:
        self._guard.check(read_url(url))

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        seconds: float = 10.0,
        largest: int = 4096,
    ) -> Answer:
        target = read_url(url)
        written(target, body, headers)
        self._guard.addresses(target, seconds)
        with self._lock:
            self.asked.append(Asked(url, body, dict(headers)))
            answer = self.script.popleft() if self.script else CREATED
        if isinstance(answer, Unavailable):
            raise answer
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, headers, answer.body[:largest])
