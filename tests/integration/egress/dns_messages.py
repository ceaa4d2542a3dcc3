"""Questions and answers as they travel over UDP (RFC 1035, 4)."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import ip_address

ONE_QUESTION = struct.Struct(">HHHHHH")
OF_INTERNET = 1
RECORD = struct.Struct(">HHIH")
IS_ANSWER, IS_RECURSIVE = 0x8000, 0x0180
POINTS_ELSEWHERE = 0xC0


class Kind(IntEnum):
    A = 1
    CNAME = 5
    AAAA = 28


class Code(IntEnum):
    FINE = 0
    SERVFAIL = 2
    NXDOMAIN = 3


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    name: str
    kind: int


@dataclass(frozen=True, slots=True)
class Record:
    """``value`` is an address, or a name."""

    name: str
    kind: Kind
    value: str


def address_record(name: str, address: str) -> Record:
    return Record(name, Kind.AAAA if ip_address(address).version == 6 else Kind.A, address)


def written_question(question: Question) -> bytes:
    head = ONE_QUESTION.pack(question.id, IS_RECURSIVE & 0x0100, 1, 0, 0, 0)
    return head + _asked(question)


def read_question(message: bytes) -> Question:
    id_ = ONE_QUESTION.unpack_from(message)[0]
    name, at = _read_name(message, ONE_QUESTION.size)
    return Question(id_, name.lower(), struct.unpack_from(">H", message, at)[0])


def written_answer(question: Question, code: Code, records: Sequence[Record]) -> bytes:
    """Each good for no time at all."""
    flags = IS_ANSWER | IS_RECURSIVE | code
    head = ONE_QUESTION.pack(question.id, flags, 1, len(records), 0, 0)
    return head + _asked(question) + b"".join(map(_written_record, records))


def read_answer(message: bytes) -> tuple[int, Code, Sequence[Record]]:
    """Whose it is, how it ended, and what there is."""
    id_, flags, _, many, _, _ = ONE_QUESTION.unpack_from(message)
    _, at = _read_name(message, ONE_QUESTION.size)
    at += 4
    records = []
    for _ in range(many):
        name, at = _read_name(message, at)
        kind, _, _, length = RECORD.unpack_from(message, at)
        at += RECORD.size
        records.append(Record(name, Kind(kind), _value(message, Kind(kind), at, length)))
        at += length
    return id_, Code(flags & 0xF), records


def _asked(question: Question) -> bytes:
    return _written_name(question.name) + struct.pack(">HH", question.kind, OF_INTERNET)


def _written_record(record: Record) -> bytes:
    is_name = record.kind is Kind.CNAME
    value = _written_name(record.value) if is_name else ip_address(record.value).packed
    head = RECORD.pack(record.kind, OF_INTERNET, 0, len(value))
    return _written_name(record.name) + head + value


def _value(message: bytes, kind: Kind, at: int, length: int) -> str:
    if kind is Kind.CNAME:
        return _read_name(message, at)[0]
    return str(ip_address(message[at : at + length]))


def _written_name(name: str) -> bytes:
    labels = (label.encode("ascii") for label in name.split("."))
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def _read_name(message: bytes, at: int) -> tuple[str, int]:
    """The name, and where what follows it begins. Nobody here points elsewhere."""
    labels = []
    while length := message[at]:
        assert length < POINTS_ELSEWHERE
        labels.append(message[at + 1 : at + 1 + length].decode("ascii"))
        at += 1 + length
    return ".".join(labels), at + 1
