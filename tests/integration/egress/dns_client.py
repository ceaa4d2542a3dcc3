"""A resolver that asks one DNS server over a socket, as ``getaddrinfo`` would."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from tests.integration.egress.dns_messages import (
    Code,
    Kind,
    Question,
    Record,
    read_answer,
    written_question,
)

PATIENCE = 20.0  # seconds
LARGEST = 65_535
LONGEST_CHAIN = 16
UNKNOWN = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
FOR_NOW = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
ids = count(1)


@dataclass(frozen=True, slots=True)
class DnsResolver:
    """``Resolve`` that keeps nothing."""

    port: int

    def __call__(self, host: str) -> Sequence[str]:
        return [address for kind in (Kind.A, Kind.AAAA) for address in self._each(host, kind)]

    def _each(self, host: str, kind: Kind) -> Sequence[str]:
        records = self._ask(Question(next(ids) & 0xFFFF, host, kind))
        aliases = {one.name: one.value for one in records if one.kind is Kind.CNAME}
        name = host
        for _ in range(LONGEST_CHAIN):
            name = aliases.get(name, name)
        return [one.value for one in records if (one.name, one.kind) == (name, kind)]

    def _ask(self, question: Question) -> Sequence[Record]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.settimeout(PATIENCE)
            sock.connect(("127.0.0.1", self.port))
            sock.send(written_question(question))
            id_, code, records = read_answer(sock.recv(LARGEST))
        assert id_ == question.id
        if code is Code.NXDOMAIN:
            raise UNKNOWN
        if code is Code.SERVFAIL:
            raise FOR_NOW
        return records
