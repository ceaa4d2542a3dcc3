"""What clients of a load were told, held against what is in the log."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

import psycopg2
from sqlalchemy import make_url


@dataclass(slots=True)
class Ledger:
    """What writers were told. Every word of it is a promise."""

    acknowledged: dict[str, int] = field(default_factory=dict)  # by nonce
    refused: Counter[str] = field(default_factory=Counter)
    retried: int = 0
    answered_differently: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def acknowledge(self, nonce: str, seq: int) -> None:
        with self._lock:
            if self.acknowledged.setdefault(nonce, seq) != seq:
                self.answered_differently.append(f"{nonce}: {self.acknowledged[nonce]}, then {seq}")

    def refuse(self, code: str) -> None:
        with self._lock:
            self.refused[code] += 1

    def retry(self, count: int) -> None:
        with self._lock:
            self.retried += count


@dataclass(frozen=True, slots=True)
class Stored:
    """A room's log, as PostgreSQL itself has it."""

    rows: Sequence[tuple[int, str | None]]  # seq and nonce

    @property
    def last(self) -> int:
        return len(self.rows)

    def lost(self, ledger: Ledger) -> list[str]:
        """What was acknowledged and is not there, or elsewhere than was said."""
        found = {nonce: seq for seq, nonce in self.rows if nonce}
        return [n for n, seq in ledger.acknowledged.items() if found.get(n) != seq]

    def doubled(self) -> list[str]:
        counts = Counter(nonce for _, nonce in self.rows if nonce)
        return [nonce for nonce, count in counts.items() if count > 1]

    def has_gaps(self) -> bool:
        return [seq for seq, _ in self.rows] != [*range(1, self.last + 1)]


def stored(database_url: str, room: str) -> Stored:
    """Asked of PostgreSQL by SQL, past everything that is to be tested."""
    plain = make_url(database_url).set(drivername="postgresql")
    connection = psycopg2.connect(plain.render_as_string(hide_password=False))
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq, nonce FROM entries WHERE room_id = %s ORDER BY seq", [room])
            rows = cursor.fetchall()
            cursor.execute("SELECT last_seq FROM rooms WHERE id = %s", [room])
            (last,) = cursor.fetchone() or (None,)
    finally:
        connection.close()
    assert last == len(rows), "the room's own count is that of its entries"
    return Stored(rows)
