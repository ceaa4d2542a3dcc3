"""When sessions were used last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stonks.application.identity.sessions.ports import SessionsWork
from stonks.application.ports import Begin, Clock
from stonks.domain.ids import SessionId

COARSE = timedelta(minutes=1)


@dataclass(slots=True)
class SessionUses:
    """Notes once a minute that a session is in use, away from the requests that use it.

    ``seen`` costs a look into a dict; calling the object writes what was seen since, in one
    statement. A process that dies forgets what it had not written: the seconds between two calls.
    """

    begin: Begin[SessionsWork]
    now: Clock
    lifetime: timedelta
    _noted: dict[SessionId, datetime] = field(default_factory=dict)
    _unwritten: dict[SessionId, datetime] = field(default_factory=dict)

    def seen(self, session_id: SessionId) -> None:
        """Somebody is using it; from any thread, never blocks or raises."""
        at = self.now()
        before = self._noted.get(session_id)
        if before is None or at - before >= COARSE:
            self._noted[session_id] = self._unwritten[session_id] = at

    def __call__(self) -> bool:
        """Write what is unwritten; never asks to be repeated."""
        uses, self._unwritten = self._unwritten, {}
        self._forget()
        if uses:
            self._write(uses)
        return False

    def _write(self, uses: Mapping[SessionId, datetime]) -> None:
        try:
            with self.begin() as work:
                work.session_upkeep.note(uses, stale=COARSE, lifetime=self.lifetime)
        except Exception:
            self._unwritten = {**uses, **self._unwritten}  # for the next time
            raise

    def _forget(self) -> None:
        at = self.now()
        self._noted = {id_: then for id_, then in self._noted.items() if at - then < COARSE}
