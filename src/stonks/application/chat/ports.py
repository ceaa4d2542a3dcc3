"""What the chat needs: its own store, and answers from its neighbours."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from stonks.domain.chat.entry import Entry
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.role import Role
from stonks.domain.chat.room import Room
from stonks.domain.chat.sanction import Sanction, SanctionKind
from stonks.domain.errors import Limited
from stonks.domain.ids import ChannelId, ProfileId, RoomId

Writer = tuple[RoomId, ProfileId]
NonceKey = tuple[RoomId, ProfileId, str]


class Hidden(StrEnum):
    """Why a message is hidden; what a ban hid, the end of the ban shows again."""

    DELETED = "deleted"
    CLEARED = "cleared"
    BANNED = "banned"


class RoomRepository(Protocol):
    def peek(self, ids: Collection[RoomId]) -> Mapping[RoomId, Room]:
        """The rooms as they are committed now, without a lock.

        Unknown ids are left out, and rooms of channels whose HOST is not active.
        """

    def lock(self, ids: Collection[RoomId]) -> Mapping[RoomId, int]:
        """Hold the rooms until this unit of work ends; their last ``seq``, unknown ids left out.

        Rooms are taken in order of id, so that two units of work never wait for each other.
        Whoever holds a room is the only one who appends to its log.
        """

    def save(self, room: Room) -> None:
        """Keep the room's ``slow``, ``followers`` and ``pinned``."""


class RoomLog(Protocol):
    """The append-only logs. Entries are announced to followers once the unit of work commits."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Add entries of locked rooms, whose ``seq`` follow on ``last_seq``, and move it on."""

    def by_nonce(self, keys: Collection[NonceKey]) -> Mapping[NonceKey, Entry]:
        """What was stored under these nonces before; those never seen are left out."""

    def author_of(self, room_id: RoomId, seq: int) -> ProfileId | None:
        """Who wrote the message with this ``seq``; None where it is no message, or is hidden."""

    def hide(self, room_id: RoomId, seq: int, why: Hidden) -> bool:
        """Hide one message. False where there is none that is shown."""

    def hide_of(self, room_id: RoomId, author: ProfileId, why: Hidden) -> int:
        """Hide the messages of one author that are shown; how many."""

    def show_of(self, room_id: RoomId, author: ProfileId, why: Hidden) -> int:
        """Show again those of an author's messages that were hidden for ``why``; how many."""


class SanctionRepository(Protocol):
    def put(self, sanction: Sanction) -> None:
        """Keep it in place of the one of the same kind for the same person and room."""

    def lift(self, room_id: RoomId, profile_id: ProfileId, kind: SanctionKind) -> bool:
        """Take it away. False where there was none."""


class Participants(Protocol):
    """People as rooms see them, from identity and channels; inactive ones are unknown."""

    def of(self, writers: Collection[Writer]) -> Mapping[Writer, Participant]:
        """Everybody asked for, with rank, sanctions and the time of their last message."""

    def named(self, room_id: RoomId, username: str) -> Participant:
        """The one of this name, compared without regard to case; raises ``NotFound``."""


class ChatWork(Protocol):
    """One unit of work of the chat."""

    @property
    def rooms(self) -> RoomRepository: ...
    @property
    def log(self) -> RoomLog: ...
    @property
    def sanctions(self) -> SanctionRepository: ...
    @property
    def participants(self) -> Participants: ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody about to write ``text``. Attempts with the same ``nonce`` are the same message."""

    room_id: RoomId
    profile_id: ProfileId
    role: Role
    text: str
    nonce: str | None


class Pace(Protocol):
    """How fast people write: one limit for all processes."""

    def admit(self, attempts: Sequence[Attempt]) -> Sequence[Limited | None]:
        """For each attempt in order None and it counts, or the refusal and it does not.

        At most 20 in any 30 s for a member and 100 for who moderates, a person and room
        (``slow_down``); the same text from a member once in 30 s (``repeated``), unless its
        nonce says that it is a retry. Never raises: where limits cannot be shared they are
        kept by this process alone.
        """


class Follows(Protocol):
    def since(
        self, followers: Collection[ProfileId], of: ProfileId
    ) -> Mapping[ProfileId, datetime]:
        """Since when each of ``followers`` has followed ``of``; who does not is left out."""


class ChannelControl(Protocol):
    """What chat commands change in a channel: the same use cases as over HTTP.

    Each raises what the channel's rules refuse, records itself in the room's log, and answers
    whether anything changed.
    """

    def retitle(self, actor: ProfileId, channel_id: ChannelId, title: str) -> bool: ...
    def describe(self, actor: ProfileId, channel_id: ChannelId, description: str) -> bool: ...
    def set_admin(self, actor: ProfileId, channel_id: ChannelId, username: str) -> bool: ...
    def unset_admin(self, actor: ProfileId, channel_id: ChannelId, username: str) -> bool: ...
    def suspend(self, actor: ProfileId, channel_id: ChannelId, reason: str) -> bool: ...
    def unsuspend(self, actor: ProfileId, channel_id: ChannelId) -> bool: ...


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as it is stored, and why its message is hidden, if it is.

    Whoever shows a hidden message to anybody but a moderator leaves its text out.
    """

    entry: Entry
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class RoomView:
    """What a subscriber is told of a room."""

    room: Room
    pinned: EntryView | None


@dataclass(frozen=True, slots=True)
class SanctionView:
    sanction: Sanction
    username: str
    by_username: str


class ChatReads(Protocol):
    """Reads of the chat, each a consistent picture of what is committed."""

    def room(self, room_id: RoomId) -> RoomView | None:
        """None where ``RoomRepository.peek`` would leave it out."""

    def room_of(self, slug: str) -> RoomId | None:
        """The live room of a channel whose HOST is active, by slug without regard to case."""

    def participant(self, room_id: RoomId, profile_id: ProfileId) -> Participant | None: ...

    def participants(
        self, rooms: Collection[RoomId], profile_id: ProfileId
    ) -> Mapping[RoomId, Participant]:
        """Who somebody is in each room, in one query; unknown rooms are left out."""

    def after(self, room_id: RoomId, seq: int, limit: int) -> Sequence[EntryView]:
        """The first ``limit`` entries with a greater ``seq``, in order."""

    def before(self, room_id: RoomId, seq: int | None, limit: int) -> Sequence[EntryView]:
        """The last ``limit`` entries, with a smaller ``seq`` where one is given, in order."""

    def positions(self, rooms: Collection[RoomId]) -> Mapping[RoomId, int]:
        """The last ``seq`` of each room that ``RoomRepository.peek`` would not leave out."""

    def sanctions(
        self, room_id: RoomId, at: datetime, after: tuple[ProfileId, str] | None, limit: int
    ) -> Sequence[SanctionView]:
        """Sanctions that hold ``at``, by profile id and kind, those after one where given."""


class Announce(Protocol):
    """How followers on every process hear of a room at once, best-effort. Never raises.

    A follower that missed something sees the gap in ``seq`` and reads the log.
    """

    def __call__(self, entries: Sequence[Entry]) -> None:
        """Tell of entries that are committed; those of one room in order of ``seq``."""

    def closed(self, room_id: RoomId) -> None:
        """Tell that a room and its log are gone."""
