"""A DNS server that changes its answers."""

import socket
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread

from tests.integration.egress.dns_messages import (
    Code,
    Kind,
    Question,
    Record,
    address_record,
    read_question,
    written_answer,
)

LARGEST = 65_535


@dataclass(frozen=True, slots=True)
class Says:
    """What there is for a name: it is called otherwise, perhaps, and has addresses."""

    addresses: Sequence[str] = ()
    through: Sequence[str] = ()
    """Names that lead on to the next, and the last of them to the addresses."""
    code: Code = Code.FINE
    is_silent: bool = False

    def records(self, question: Question) -> Sequence[Record]:
        names = [question.name, *self.through]
        aliases = [Record(*one) for one in zip(names, [Kind.CNAME] * 99, names[1:], strict=False)]
        found = [address_record(names[-1], address) for address in self.addresses]
        return [*aliases, *(record for record in found if record.kind == question.kind)]


NOWHERE, BROKEN = Says(code=Code.NXDOMAIN), Says(code=Code.SERVFAIL)
SILENT = Says(is_silent=True)


@dataclass(slots=True)
class DnsServer:
    """Says of a name one thing after another, a lookup each, and the last for good.

    A lookup begins with the question for A.
    """

    socket: socket.socket
    lookups: Counter[str] = field(default_factory=Counter)
    _said: dict[str, deque[Says]] = field(default_factory=lambda: defaultdict(deque))
    _now: dict[str, Says] = field(default_factory=dict)
    _held: list[Callable[[], object]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @property
    def port(self) -> int:
        port: int = self.socket.getsockname()[1]
        return port

    def says(self, name: str, *said: Says | Sequence[str]) -> None:
        """From the next lookup on; what it said before is over."""
        with self._lock:
            self._said[name] = deque(one if isinstance(one, Says) else Says(one) for one in said)

    def serve(self) -> None:
        while True:
            message, client = self.socket.recvfrom(LARGEST)
            if not message:
                return
            self._answer(read_question(message), client)

    def let_go(self) -> None:
        """Of those who were waiting for an answer."""
        for answer in self._held:
            answer()

    def _answer(self, question: Question, client: object) -> None:
        says = self._next(question)

        def answer(code: Code = says.code, records: Sequence[Record] = ()) -> None:
            self.socket.sendto(written_answer(question, code, records), client)  # type: ignore[arg-type]

        if says.is_silent:
            self._held.append(lambda: answer(Code.SERVFAIL))
        else:
            answer(says.code, says.records(question))

    def _next(self, question: Question) -> Says:
        with self._lock:
            said = self._said[question.name]
            if question.kind == Kind.A:
                self.lookups[question.name] += 1
                first = said[0] if said else NOWHERE
                self._now[question.name] = said.popleft() if len(said) > 1 else first
            return self._now.get(question.name, NOWHERE)


@contextmanager
def dns_server() -> Iterator[DnsServer]:
    """One on loopback, for a block."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        server = DnsServer(listening)
        thread = Thread(target=server.serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.let_go()
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", ("127.0.0.1", server.port))
            thread.join()
