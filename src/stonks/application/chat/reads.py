"""What may be read of a room, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.chat.ports import ChatReads, EntryView, SanctionView
from stonks.application.ports import Clock
from stonks.domain.chat.participant import Participant
from stonks.domain.errors import Forbidden, NotFound
from stonks.domain.ids import ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class FindRoom:
    """The live room of a channel; raises ``NotFound`` (``unknown_channel``)."""

    reads: ChatReads

    def __call__(self, *, slug: str) -> RoomId:
        is_plausible = slug.isascii() and slug.isprintable()  # no store takes NUL in a text
        room_id = self.reads.room_of(slug) if is_plausible else None
        if room_id is None:
            raise NotFound("unknown_channel", "there is no such channel")
        return room_id


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """Entries by ``seq``, for everybody but who is banned; hidden messages keep their place."""

    reads: ChatReads
    now: Clock

    def __call__(
        self,
        *,
        room_id: RoomId,
        reader: ProfileId | None,
        before: int | None = None,
        after: int | None = None,
        limit: int,
    ) -> Sequence[EntryView]:
        if reader is not None:
            _known(self.reads, room_id, reader).must_be_welcome(self.now())
        if after is not None:
            return self.reads.after(room_id, after, limit)
        return self.reads.before(room_id, before, limit)


@dataclass(frozen=True, slots=True)
class ReadAudit:
    """Entries for who moderates: hidden messages with their text."""

    reads: ChatReads
    now: Clock

    def __call__(
        self, *, room_id: RoomId, reader: ProfileId, before: int | None, limit: int
    ) -> Sequence[EntryView]:
        _must_moderate(_known(self.reads, room_id, reader))
        return self.reads.before(room_id, before, limit)


@dataclass(frozen=True, slots=True)
class ListSanctions:
    """Who is muted or banned now, for who moderates."""

    reads: ChatReads
    now: Clock

    def __call__(
        self,
        *,
        room_id: RoomId,
        reader: ProfileId,
        after: tuple[ProfileId, str] | None,
        limit: int,
    ) -> Sequence[SanctionView]:
        _must_moderate(_known(self.reads, room_id, reader))
        return self.reads.sanctions(room_id, self.now(), after, limit)


def _known(reads: ChatReads, room_id: RoomId, profile_id: ProfileId) -> Participant:
    person = reads.participant(room_id, profile_id)
    if person is None:
        raise NotFound("unknown_room", "there is no such room")
    return person


def _must_moderate(person: Participant) -> None:
    if not person.role.moderates:
        raise Forbidden("not_allowed", "only ADMIN, HOST and SUPERADMIN may read this")
