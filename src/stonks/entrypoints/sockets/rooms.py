"""The rooms of one connection."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field

from stonks.adapters.wire.batches import Control
from stonks.adapters.wire.closing import CloseCode
from stonks.adapters.wire.frames import ServerFrame, Standing, Typing, Unsubscribed, Viewers, encode
from stonks.adapters.wire.refusals import error_of
from stonks.application.chat.ports import RoomView
from stonks.application.identity.ports import SignedIn
from stonks.domain.chat.entry import EntryKind
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.role import Role
from stonks.domain.errors import Forbidden, Invalid, NotFound, Refusal
from stonks.domain.ids import RoomId
from stonks.entrypoints.sockets.connection import Connection
from stonks.entrypoints.sockets.membership import Membership, subscribed, you
from stonks.entrypoints.sockets.replay import Replay
from stonks.entrypoints.sockets.switchboard import Switchboard

OnEnd = Callable[[Exception | None], None]
BANNED = Forbidden("banned", "you are banned from this chat")
SUSPENDED = Forbidden("channel_suspended", "this channel is suspended")
_MUTES = (EntryKind.MEMBER_MUTED, EntryKind.MEMBER_TIMED_OUT)


@dataclass(slots=True)
class Rooms:
    """Lets a connection into rooms, and puts it out again when something bites.

    A connection whose ``home`` is a room is closed where another one only loses the room.
    """

    connection: Connection
    board: Switchboard
    home: RoomId | None
    _joined: dict[RoomId, Membership] = field(default_factory=dict)

    def __contains__(self, room_id: RoomId) -> bool:
        return room_id in self._joined

    def among(self, rooms: Set[RoomId]) -> Set[RoomId]:
        """Those of them that this connection follows."""
        return self._joined.keys() & rooms

    def subscribe(
        self, room_id: RoomId, after: int | None, person: SignedIn | None, on_end: OnEnd
    ) -> None:
        """Follow a room; blocks, and raises what refuses it. ``on_end`` is called else."""
        self.leave(room_id)
        if len(self._joined) >= self.board.limits.rooms:
            raise Invalid("too_many_rooms", "this connection follows too many rooms")
        feed = self.board.feeds.enter(room_id, self.connection)
        member = self._joined[room_id] = Membership(feed)
        try:
            view, participant = self._admit(room_id, person)
            if after is not None and after > feed.position:
                feed.reach(after)
        except BaseException:
            self.leave(room_id)
            raise
        if not self._is_still(room_id, member):
            on_end(None)
            return
        self._welcome(member, view, participant)
        seen = feed.position if after is None else min(after, feed.position)
        self._catch_up(member, seen, on_end)

    def leave(self, room_id: RoomId) -> bool:
        """False where it was not followed."""
        member = self._joined.pop(room_id, None)
        if member is not None:
            self.board.feeds.leave(member.feed, self.connection)
        return member is not None

    def leave_all(self) -> None:
        for room_id in [*self._joined]:
            self.leave(room_id)

    def judge(self, person: SignedIn) -> tuple[list[Standing], list[RoomId]]:
        """Who somebody is in these rooms, having signed in; and the rooms that banned them."""
        joined = dict(self._joined)
        if not joined:
            return [], []
        found = self.board.deps.reads.participants(joined, person.profile_id)
        at, standings, outcast = self.board.deps.now(), [], []
        for room_id, member in joined.items():
            participant = found.get(room_id)
            if participant is not None and participant.is_banned(at):
                outcast.append(room_id)
                continue
            member.is_muted = participant is not None and participant.is_muted(at)
            standings.append(Standing(room=room_id, you=you(participant, at)))
        return standings, outcast

    def bite(self, room_id: RoomId, control: Control, person: SignedIn | None) -> None:
        """What happened in a room happened to this person, or to everybody."""
        if control.kind == EntryKind.CHANNEL_SUSPENDED:
            if person is None or not person.is_staff:
                self.eject(room_id, SUSPENDED, CloseCode.CHANNEL_SUSPENDED)
        elif control.kind == EntryKind.MEMBER_BANNED:
            self.eject(room_id, BANNED, CloseCode.BANNED)
        elif member := self._joined.get(room_id):
            member.is_muted = control.kind in _MUTES

    def leave_suspended(self) -> None:
        """Out of the rooms that only staff may see; blocks, and ends what it cannot tell of."""
        try:
            for room_id in [*self._joined]:
                view = self.board.deps.reads.room(room_id)
                if view is not None and view.room.stage.is_suspended:
                    self.eject(room_id, SUSPENDED, CloseCode.CHANNEL_SUSPENDED)
        except Refusal as refusal:
            self.connection.close(CloseCode.INTERNAL, refusal.detail)

    def eject(self, room_id: RoomId, why: Refusal, code: CloseCode) -> None:
        """Out of the room, with the reason; out altogether where the room is the home."""
        if room_id not in self._joined:
            return
        if room_id == self.home:
            self.connection.close(code, why.detail)
        elif self.leave(room_id):
            self._send(error_of(why, room=room_id))
            self._send(Unsubscribed(room=room_id))

    def start_typing(self, room_id: RoomId, username: str) -> None:
        """Tell the room, unless it was told just now; raises ``Forbidden`` to who is not in it."""
        member = self._joined.get(room_id)
        if member is None:
            raise Forbidden("not_subscribed", "this connection does not follow this room")
        if member.may_type(self.board.limits.typing_seconds):
            self.board.remark(room_id, encode(Typing(room=room_id, username=username)))

    def _admit(
        self, room_id: RoomId, person: SignedIn | None
    ) -> tuple[RoomView, Participant | None]:
        reads = self.board.deps.reads
        view = reads.room(room_id)
        if view is None:
            raise NotFound("unknown_room", "there is no such room")
        participant = reads.participant(room_id, person.profile_id) if person is not None else None
        if participant is not None:
            participant.must_be_welcome(self.board.deps.now())
        if participant is None or participant.role is not Role.SUPERADMIN:
            view.room.must_be_open()
        return view, participant

    def _welcome(self, member: Membership, view: RoomView, participant: Participant | None) -> None:
        who = you(participant, self.board.deps.now())
        member.is_muted = who.is_muted
        self._send(subscribed(view, member.feed.position, who))
        if member.feed.viewers is not None:
            self._send(Viewers(room=view.room.id, count=member.feed.viewers))

    def _catch_up(self, member: Membership, after: int, on_end: OnEnd) -> None:
        room_id = member.feed.room_id
        Replay(
            self.connection,
            member.feed,
            after,
            self.board.deps.reads.after,
            self.board.desk.put,
            lambda: self._is_still(room_id, member),
            on_end,
        ).step()

    def _is_still(self, room_id: RoomId, member: Membership) -> bool:
        return self.connection.is_open and self._joined.get(room_id) is member

    def _send(self, frame: ServerFrame) -> None:
        self.connection.send(encode(frame))
