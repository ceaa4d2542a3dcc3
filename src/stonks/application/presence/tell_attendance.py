"""Look who came and who went, and tell it."""

from dataclasses import dataclass

from stonks.application.ports import Begin, Clock
from stonks.application.presence.ports import Attendance, PresenceWork, Turn
from stonks.domain.presence import attendance as rules
from stonks.domain.presence.attendance import LOOKS_EVERY, Look


@dataclass(frozen=True, slots=True)
class TellAttendance:
    """Have a turn at whichever room is due longest.

    That it has its turn is committed first, so that one that fails holds up no other; and who is
    there is asked before anything is held, so that a Redis that stalls keeps nobody from writing.
    """

    begin: Begin[PresenceWork]
    attendance: Attendance
    now: Clock

    def __call__(self) -> bool:
        """Whether a room was due, and others may be. Raises ``Unavailable``."""
        with self.begin() as work:
            turn = work.registers.take(LOOKS_EVERY)
        if turn is None:
            return False
        if turn.register is not None:
            present = self.attendance.present(turn.room_id)
            look = rules.look(turn.register, present, self.now())
            if look.register != turn.register:
                self._keep(turn, look)
        return True

    def _keep(self, turn: Turn, look: Look) -> None:
        with self.begin() as work:
            if not look.is_quiet and not work.logs.hold(turn.room_id):
                return
            if work.registers.keep(turn, look.register) and not look.is_quiet:
                work.logs.tell(turn.room_id, look, self.now())
