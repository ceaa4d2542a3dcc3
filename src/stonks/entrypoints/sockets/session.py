"""The protocol of one connection."""

from collections.abc import Callable, Set
from dataclasses import replace
from functools import partial
from time import monotonic
from uuid import UUID

import structlog
from gevent import get_hub
from msgspec import DecodeError

from stonks.adapters.wire import frames as f
from stonks.adapters.wire.batches import Control
from stonks.adapters.wire.closing import CloseCode
from stonks.adapters.wire.refusals import error_of
from stonks.application.chat.post_messages import Draft, Outcome
from stonks.application.identity.ports import SignedIn
from stonks.domain.chat.message import LONGEST_NONCE, LONGEST_TEXT, check_nonce, is_command
from stonks.domain.errors import NotFound, Refusal, Unauthenticated, Unavailable
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import RoomId
from stonks.domain.times import rfc3339
from stonks.entrypoints.scopes import must_allow
from stonks.entrypoints.sockets.connection import Connection
from stonks.entrypoints.sockets.rooms import Rooms
from stonks.entrypoints.sockets.switchboard import Switchboard

Fail = Callable[[Refusal], None]
_HOME_CODES = {
    "banned": CloseCode.BANNED,
    "channel_suspended": CloseCode.CHANNEL_SUSPENDED,
    "unknown_room": CloseCode.NORMAL,
}
_ANONYMOUS = Unauthenticated("unauthenticated", "sign in first: send an authenticate frame")
_DELETED = NotFound("channel_deleted", "this channel is gone")
log = structlog.get_logger(__name__)


class SocketSession:
    """Answers frames in their order: what blocks is done at a desk while reading waits for it."""

    __slots__ = (
        "_bad_frames",
        "_bad_since",
        "_board",
        "_connection",
        "_held",
        "_is_busy",
        "_rooms",
        "_soon",
        "_unanswered",
        "id",
        "person",
    )

    def __init__(
        self, id_: UUID, connection: Connection, board: Switchboard, home: RoomId | None
    ) -> None:
        self.id = id_
        self.person: SignedIn | None = None
        self._connection = connection
        self._board = board
        self._rooms = Rooms(connection, board, home)
        self._is_busy = False
        self._held: f.Send | None = None
        self._unanswered = 0
        self._soon: list[bytes] = []
        self._bad_frames = 0
        self._bad_since = float("-inf")

    def begin(self, after: int | None, person: SignedIn | None = None) -> None:
        """Say hello, and follow the home room where there is one, from ``after``."""
        self._board.registry.add(self)
        self._connection.listen(self)
        self._say(self._hello())
        if person is not None:
            self._sign_in(person)
        home = self._rooms.home
        if home is not None:
            self._occupy(partial(self._subscribe, home, after), self._not_at_home)

    def close(self, code: CloseCode, reason: str) -> None:
        self._connection.close(code, reason)

    def drop(self) -> None:
        self._connection.drop()

    def follows(self, rooms: Set[RoomId]) -> Set[RoomId]:
        """Those of them that this connection is in."""
        return self._rooms.among(rooms)

    def bite(self, room_id: RoomId, control: Control) -> None:
        """What happened in a room bites on this connection."""
        self._rooms.bite(room_id, control, self.person)

    def rank(self, *, is_staff: bool) -> None:
        """Whether this person is staff from now on; who no longer is leaves what staff may see."""
        if self.person is None or self.person.is_staff == is_staff:
            return
        self.person = replace(self.person, is_staff=is_staff)
        if not is_staff:
            self._board.desk.put(self._rooms.leave_suspended)

    def tell(self, frames: bytes) -> None:
        """Whole frames that are meant for this person, whatever rooms they follow."""
        self._say_now()
        self._connection.send(frames)

    def lose(self, room_id: RoomId) -> None:
        """The room is no more."""
        self._rooms.eject(room_id, _DELETED, CloseCode.NORMAL)

    # Listener

    def heard(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            self._complain("binary frames mean nothing here")
            return
        try:
            frame = f.decode(message)
        except DecodeError as error:
            self._complain(str(error))
        else:
            self._handle(frame)

    def gone(self) -> None:
        self._board.registry.remove(self)
        self._rooms.leave_all()

    # What clients ask

    def _handle(self, frame: f.AnyClientFrame) -> None:
        match frame:
            case f.Send():
                self._send(frame)
            case f.Ping():
                self._say(f.Pong())
            case f.StartTyping():
                self._start_typing(frame)
            case f.Unsubscribe(room):
                self._unsubscribe(room)
            case f.Subscribe(room, after):
                fail = partial(self._refuse, None, room)
                self._occupy(partial(self._subscribe, room, after), fail)
            case f.Authenticate(token):
                fail = partial(self._refuse, None, None)
                self._occupy(partial(self._authenticate, token), fail)

    def _send(self, frame: f.Send) -> None:
        try:
            check_nonce(frame.nonce)
        except Refusal as refusal:
            self._refuse(_echo(frame.nonce), frame.room, refusal)
            return
        if self.person is None:
            self._refuse(frame.nonce, frame.room, _ANONYMOUS)
            return
        try:
            must_allow(self.person, frame.text)
        except Refusal as refusal:
            self._refuse(frame.nonce, frame.room, refusal)
            return
        if is_command(frame.text):
            self._hold(frame)
        else:
            self._submit(frame, self.person)

    def _submit(self, frame: f.Send, person: SignedIn) -> None:
        self._unanswered += 1
        answer = partial(self._answer, frame)
        try:
            draft = Draft.written(frame.room, person.profile_id, frame.text, frame.nonce)
            self._board.deps.writer.submit(draft, answer)
        except Refusal as refusal:
            answer(refusal)
        if self._unanswered >= self._board.limits.unanswered:
            self._connection.pause()

    def _answer(self, frame: f.Send, outcome: Outcome) -> None:
        self._unanswered -= 1
        if isinstance(outcome, Refusal):
            self._refuse(frame.nonce, frame.room, outcome)
        else:
            at = rfc3339(outcome.at)
            self._say_soon(f.Ack(room=frame.room, seq=outcome.seq, at=at, nonce=frame.nonce))
        if self._held is not None and not self._unanswered:
            self._apply_held(self._held)
        self._read_on()

    def _hold(self, frame: f.Send) -> None:
        """A command waits for the messages before it."""
        self._held = frame
        self._connection.pause()
        if not self._unanswered:
            self._apply_held(frame)

    def _apply_held(self, frame: f.Send) -> None:
        self._held = None
        self._occupy(partial(self._apply, frame), partial(self._refuse, frame.nonce, frame.room))

    def _apply(self, frame: f.Send) -> bool:
        if self.person is None:
            raise _ANONYMOUS
        must_allow(self.person, frame.text)  # it may be another person by now
        result = self._board.deps.apply_command(
            actor=self.person.profile_id, room_id=frame.room, line=frame.text
        )
        self._say(
            f.Result(
                room=frame.room,
                command=result.command,
                detail=result.detail,
                nonce=frame.nonce,
                data=result.data or None,
            )
        )
        return True

    def _start_typing(self, frame: f.StartTyping) -> None:
        try:
            if self.person is None:
                raise _ANONYMOUS
            self.person.must_have(Scope.CHAT_WRITE)
            self._rooms.start_typing(frame.room, self.person.username)
        except Refusal as refusal:
            self._refuse(None, frame.room, refusal)

    def _unsubscribe(self, room_id: RoomId) -> None:
        self._rooms.leave(room_id)
        self._say(f.Unsubscribed(room=room_id))

    def _subscribe(self, room_id: RoomId, after: int | None) -> bool:
        fail = self._not_at_home if room_id == self._rooms.home else None
        on_end = partial(self._caught_up, room_id, fail or partial(self._refuse, None, room_id))
        self._rooms.subscribe(room_id, after, self.person, on_end)
        return False  # catching up may go on; it is over when it says so

    def _caught_up(self, room_id: RoomId, fail: Fail, error: Exception | None) -> None:
        if error is not None:
            self._rooms.leave(room_id)
            fail(_refusal(error))
            self._say(f.Unsubscribed(room=room_id))
        self._free()

    def _authenticate(self, token: str) -> bool:
        self._sign_in(self._board.deps.authenticate(token))
        return True

    def _sign_in(self, person: SignedIn) -> None:
        if not self._connection.is_open:
            return
        if self.person is not None:
            self._board.registry.sign_out(self, self.person)
        self.person = person
        self._board.registry.sign_in(self, person)
        self._board.greet(person)
        self._board.desk.put(partial(self._look_again, person))
        standings, outcast = self._rooms.judge(person)
        self._say(
            f.Authenticated(profile_id=person.profile_id, username=person.username, rooms=standings)
        )
        for room_id in outcast:
            self._rooms.bite(room_id, Control("member_banned"), person)

    def _look_again(self, person: SignedIn) -> None:
        """What was told after ``person`` was read found nobody here until they had signed in."""
        ids = [person.session_id]
        self._board.registry.correct(ids, self._board.deps.alive_sessions(ids))

    # One thing at a time

    def _occupy(self, job: Callable[[], bool], fail: Fail) -> None:
        """Do at a desk what blocks; read no further until it is over."""
        self._is_busy = True
        self._connection.pause()
        self._board.desk.put(partial(self._do, job, fail))

    def _do(self, job: Callable[[], bool], fail: Fail) -> None:
        try:
            is_over = job()
        except Exception as error:  # noqa: BLE001 - answered, and logged unless it is a refusal
            fail(_refusal(error))
            is_over = True
        if is_over:
            self._free()

    def _free(self) -> None:
        self._is_busy = False
        self._read_on()

    def _read_on(self) -> None:
        is_full = self._unanswered >= self._board.limits.unanswered
        if not (self._is_busy or self._held or is_full):
            self._connection.resume()

    # What clients are told

    def _say(self, frame: f.ServerFrame) -> None:
        if self._soon:
            self._say_now()
        self._connection.send(f.encode(frame))

    def _say_soon(self, frame: f.ServerFrame) -> None:
        """Together with all that is said before the hub goes on: one write, not one each."""
        if not self._soon:
            get_hub().loop.run_callback(self._say_now)
        self._soon.append(f.encode(frame))

    def _say_now(self) -> None:
        frames, self._soon = b"".join(self._soon), []
        if frames:
            self._connection.send(frames)

    def _refuse(self, nonce: str | None, room: RoomId | None, refusal: Refusal) -> None:
        self._say(error_of(refusal, nonce=nonce, room=room))

    def _not_at_home(self, refusal: Refusal) -> None:
        self._refuse(None, self._rooms.home, refusal)
        code = _HOME_CODES.get(refusal.code, CloseCode.INTERNAL)
        self._connection.close(code, refusal.detail)

    def _complain(self, detail: str) -> None:
        now = monotonic()
        if now - self._bad_since > self._board.limits.forgive_seconds:
            self._bad_since, self._bad_frames = now, 0
        self._bad_frames += 1
        self._say(f.Error(code="bad_frame", detail=detail))
        if self._bad_frames >= self._board.limits.bad_frames:
            self._connection.close(CloseCode.BAD_FRAMES, "too many bad frames")

    def _hello(self) -> f.Hello:
        limits = self._board.limits
        allowed = f.Limits(
            frame_bytes=limits.frame_bytes,
            frames_per_second=limits.frames_per_second,
            text_characters=LONGEST_TEXT,
            rooms=limits.rooms,
        )
        return f.Hello(
            session_id=self.id, heartbeat_seconds=limits.heartbeat_seconds, limits=allowed
        )


def _echo(nonce: str | None) -> str | None:
    """Cut short it might be the name of another message; then rather none."""
    return nonce if nonce is not None and len(nonce) <= LONGEST_NONCE else None


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    log.error("socket_operation_failed", exc_info=error)
    return Unavailable("internal_error", "something went wrong here; try again")
