"""Write messages: whatever came in together is stored together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.chat.ports import (
    Attempt,
    ChatWork,
    Follows,
    NonceKey,
    Pace,
    Writer,
)
from stonks.application.ports import Begin, Clock
from stonks.domain.chat.entry import Entry, EntryKind
from stonks.domain.chat.message import check_nonce, message_text
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.role import Role
from stonks.domain.chat.room import Room
from stonks.domain.errors import Forbidden, NotFound, Refusal
from stonks.domain.ids import ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that somebody asks to have stored; its text is as it will be stored."""

    room_id: RoomId
    profile_id: ProfileId
    text: str
    nonce: str | None = None

    @classmethod
    def written(cls, room_id: RoomId, by: ProfileId, raw: str, nonce: str | None = None) -> "Draft":
        """A draft of what was typed; raises ``Invalid`` where that is no message."""
        return cls(room_id, by, message_text(raw), check_nonce(nonce))

    @property
    def writer(self) -> Writer:
        return self.room_id, self.profile_id

    @property
    def key(self) -> NonceKey | None:
        return (self.room_id, self.profile_id, self.nonce) if self.nonce else None


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that is stored durably, exactly once."""

    room_id: RoomId
    seq: int
    at: datetime
    nonce: str | None


Outcome = Posted | Refusal


@dataclass(slots=True)
class _Case:
    """One draft on its way: what is known of it, and its outcome once that is clear."""

    draft: Draft
    room: Room | None = None
    person: Participant | None = None
    follows_since: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class PostMessages:
    """Store messages of any rooms in one transaction; answer each on its own.

    Whoever may not write is refused alone. A nonce that was seen before gets the first answer.
    """

    begin: Begin[ChatWork]
    pace: Pace
    follows: Follows
    now: Clock

    def __call__(self, *, drafts: Sequence[Draft]) -> Sequence[Outcome]:
        cases = [_Case(draft) for draft in drafts]
        with self.begin() as work:
            rooms = self._look(work, cases)
            self._slow_down(_open(cases))
            if waiting := _open(cases):
                self._hold(work, waiting, rooms)
            if entries := self._enter(_open(cases)):
                work.log.append(entries)
        return [case.outcome for case in cases if case.outcome is not None]

    def _look(self, work: ChatWork, cases: Sequence[_Case]) -> Mapping[RoomId, Room]:
        """See rooms and people as they are now; settle what was stored or is refused already."""
        by_writer: dict[Writer, list[_Case]] = {}
        for case in cases:
            by_writer.setdefault(case.draft.writer, []).append(case)
        rooms = work.rooms.peek({room_id for room_id, _ in by_writer})
        people = work.participants.of(by_writer)
        follows = self._following(rooms, by_writer)
        for writer, theirs in by_writer.items():
            for case in theirs:
                case.room, case.person = rooms.get(writer[0]), people.get(writer)
                case.follows_since = follows.get(writer)
        _recall(work, cases)
        for case in _open(cases):
            _admit(case, self.now())
        return rooms

    def _slow_down(self, cases: Sequence[_Case]) -> None:
        """Asked before any lock is held, and only for what would be stored."""
        attempts = [_attempt(case) for case in cases]
        verdicts = self.pace.admit(attempts) if attempts else ()
        for case, refusal in zip(cases, verdicts, strict=True):
            case.outcome = refusal

    def _hold(self, work: ChatWork, cases: Sequence[_Case], before: Mapping[RoomId, Room]) -> None:
        """Lock the rooms, and look again if anything has happened in them since."""
        wanted = {case.draft.room_id for case in cases}
        last = work.rooms.lock(wanted)
        if any(last.get(room_id) != before[room_id].last_seq for room_id in wanted):
            self._look(work, cases)

    def _enter(self, cases: Sequence[_Case]) -> Sequence[Entry]:
        at = self.now()
        named: dict[tuple[int, str], Entry] = {}
        entries: list[Entry] = []
        for case in cases:
            draft = case.draft
            key = (id(case.person), draft.nonce) if draft.nonce else None
            entry = named.get(key) if key else None
            if entry is None:
                entry = _record(case, at)
                if entry is None:
                    continue
                entries.append(entry)
                if key:
                    named[key] = entry
            case.outcome = Posted(draft.room_id, entry.seq, entry.at, draft.nonce)
        return entries

    def _following(
        self, rooms: Mapping[RoomId, Room], writers: Collection[Writer]
    ) -> Mapping[Writer, datetime]:
        """Since when the writers follow the hosts, asked for rooms in followers-only mode."""
        return {
            (room.id, follower): since
            for room in rooms.values()
            if room.followers is not None
            for follower, since in self.follows.since(
                {person for room_id, person in writers if room_id == room.id},
                of=room.stage.host_id,
            ).items()
        }


def _open(cases: Sequence[_Case]) -> Sequence[_Case]:
    return [case for case in cases if case.outcome is None]


def _recall(work: ChatWork, cases: Sequence[_Case]) -> None:
    """Give what was stored before under the same nonce its first answer."""
    named = [case for case in cases if case.draft.key]
    stored = work.log.by_nonce([case.draft.key for case in named if case.draft.key])
    if not stored:
        return
    for case in named:
        entry = stored.get(case.draft.key) if case.draft.key else None
        if entry is not None:
            case.outcome = Posted(entry.room_id, entry.seq, entry.at, entry.nonce)


def _attempt(case: _Case) -> Attempt:
    draft, role = case.draft, case.person.role if case.person else Role.MEMBER
    return Attempt(draft.room_id, draft.profile_id, role, draft.text, draft.nonce)


def _admit(case: _Case, at: datetime) -> tuple[Room, Participant] | None:
    """The room and the person, or nothing: then the case is refused."""
    try:
        if case.room is None:
            raise NotFound("unknown_room", "there is no such room")
        if case.person is None:
            raise Forbidden("profile_inactive", "this profile is not active")
        case.room.must_admit(case.person, follows_since=case.follows_since, at=at)
    except Refusal as refusal:
        case.outcome = refusal
        return None
    return case.room, case.person


def _record(case: _Case, at: datetime) -> Entry | None:
    admitted = _admit(case, at)
    if admitted is None:
        return None
    room, person = admitted
    data, nonce = {"text": case.draft.text}, case.draft.nonce
    person.wrote_at = at
    return room.record(EntryKind.MESSAGE, by=person, at=at, data=data, nonce=nonce)
