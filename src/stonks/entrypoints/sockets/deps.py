"""What sockets need from the rest of Stonks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from stonks.adapters.wire.bus import Bus
from stonks.application.chat.apply_chat_command import CommandResult
from stonks.application.chat.ports import ChatReads
from stonks.application.chat.post_messages import Draft, Outcome
from stonks.application.identity.ports import SignedIn
from stonks.application.notifications.ports import Missed
from stonks.application.ports import Clock, NewId
from stonks.application.presence.ports import Attendance, Attended, PeopleOnline, Presence
from stonks.domain.ids import ProfileId, RoomId, SessionId


class Authenticate(Protocol):
    def __call__(self, token: str) -> SignedIn:
        """Raises ``Unauthenticated``."""


class Writer(Protocol):
    def start(self) -> None:
        """Once, before the first ``submit``."""

    def submit(self, draft: Draft, on_done: Callable[[Outcome], None]) -> None:
        """Never blocks; ``on_done`` is called in the hub's thread. Raises ``Unavailable``."""


class ApplyCommand(Protocol):
    def __call__(self, *, actor: ProfileId, room_id: RoomId, line: str) -> CommandResult: ...


class AliveSessions(Protocol):
    def __call__(self, ids: Collection[SessionId]) -> Mapping[SessionId, bool]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketDeps:
    """Everything that a hub is built from; a test puts its own here."""

    authenticate: Authenticate
    writer: Writer
    apply_command: ApplyCommand
    reads: ChatReads
    alive_sessions: AliveSessions
    presence: Presence
    people_online: PeopleOnline
    attended: Attended
    attendance: Attendance
    missed: Missed
    bus: Bus
    now: Clock
    new_id: NewId
