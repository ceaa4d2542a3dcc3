"""First answers in memory."""

from dataclasses import dataclass, field
from datetime import datetime

from stonks.adapters.idempotency import told
from stonks.adapters.memory.database import Database, Table
from stonks.application.ports import ANSWERS_LAST, LONGEST_EXECUTION, FirstAnswer, Request
from stonks.domain.ids import ProfileId

Key = tuple[ProfileId, str]


@dataclass(frozen=True, slots=True)
class _Row:
    at: datetime
    fingerprint: bytes
    answer: FirstAnswer | None = None

    def is_over(self, at: datetime) -> bool:
        return self.at < at - (ANSWERS_LAST if self.answer else LONGEST_EXECUTION)


@dataclass(slots=True)
class MemoryFirstAnswers:
    """``FirstAnswers``."""

    database: Database
    rows: Table[Key, _Row] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = Table(self.database)

    def claim(self, request: Request, at: datetime) -> FirstAnswer | None:
        with self.database.transaction():
            self._tidy(request.profile_id, at)
            row = self.rows.get(_key(request))
            if row is None:
                self.rows.put(_key(request), _Row(at, request.fingerprint))
                return None
        return told(row.answer, is_same_request=row.fingerprint == request.fingerprint)

    def keep(self, request: Request, at: datetime, answer: FirstAnswer) -> None:
        with self.database.transaction():
            if self._is_ours(request, at):
                self.rows.put(_key(request), _Row(at, request.fingerprint, answer))

    def release(self, request: Request, at: datetime) -> None:
        with self.database.transaction():
            if self._is_ours(request, at):
                self.rows.remove(_key(request))

    def forget(self, before: datetime, most: int) -> int:
        with self.database.transaction():
            old = [key for key, row in self.rows.rows.items() if row.at < before][:most]
            return sum(self.rows.remove(key) for key in old)

    def _is_ours(self, request: Request, at: datetime) -> bool:
        row = self.rows.get(_key(request))
        return row is not None and row.at == at

    def _tidy(self, profile_id: ProfileId, at: datetime) -> None:
        for key in self.rows.keys(lambda key: key[0] == profile_id):
            row = self.rows.get(key)
            if row is not None and row.is_over(at):
                self.rows.remove(key)


def _key(request: Request) -> Key:
    return request.profile_id, request.key
