"""A place in a channel's live chat that outlives its connections."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from random import uniform
from secrets import token_hex
from threading import Event, Lock
from typing import TypeAlias, Union

import msgspec
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect

from stonks.adapters.wire import frames as f
from stonks.adapters.wire.closing import CloseCode
from stonks.domain.ids import RoomId
from stonks.entrypoints.client.api import Refused, Unreachable, refused
from stonks.entrypoints.client.login import Login

Frame: TypeAlias = f.ServerFrame
_DECODER: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Union[f.SERVER_FRAMES])  # noqa: UP007
_FINAL = {CloseCode.NORMAL, CloseCode.BANNED, CloseCode.CHANNEL_SUSPENDED}
_LONGEST_WAIT = 15.0


class Left(Exception):
    """The server showed us out, and would again; the text is for people."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def nothing() -> None:
    """What happens unless somebody wants to know."""


@dataclass(slots=True)
class Seat:
    """Reads a room from ``after`` on, each entry once and in order, and writes to it.

    What was written and not answered is sent again after a reconnect under the same nonce, so
    that it is stored once.
    """

    address: str
    login: Login | None = None
    after: int | None = None
    on_lost: Callable[[], None] = nothing
    _room: RoomId | None = None
    _socket: ClientConnection | None = None
    _unanswered: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _failures: int = 0
    _is_left: Event = field(default_factory=Event)

    def frames(self) -> Iterator[Frame]:
        """Everything that the server says, for good. Raises ``Left`` and ``Refused``."""
        while not self._is_left.is_set():
            try:
                with connect(self._resuming(), compression=None, proxy=None) as socket:
                    yield from self._frames_of(socket)
            except InvalidStatus as error:
                _must_pass(refused(error.response.status_code, bytes(error.response.body)))
            except Refused as refusal:
                _must_pass(refusal)
            except (OSError, WebSocketException, Unreachable):
                pass  # it will be back
            self._wait()

    def say(self, text: str) -> str:
        """Write a message or a command; the nonce that its answer will carry."""
        nonce = token_hex(8)
        with self._lock:
            self._unanswered[nonce] = text
            self._send(self._written(nonce, text))
        return nonce

    def unanswered(self) -> list[str]:
        """The nonces of lines that have no answer."""
        with self._lock:
            return [*self._unanswered]

    def start_typing(self) -> None:
        """Tell the room, if it can be told now."""
        with self._lock:
            if self._room is not None:
                self._send(f.StartTyping(room=self._room))

    def leave(self) -> None:
        """Come back no more."""
        self._is_left.set()
        if (socket := self._socket) is not None:
            socket.close()

    def _resuming(self) -> str:
        return self.address + ("" if self.after is None else f"?after={self.after}")

    def _frames_of(self, socket: ClientConnection) -> Iterator[Frame]:
        try:
            self._sign_in(socket)
            for message in socket:
                if (frame := _decoded(message)) is not None:
                    self._note(socket, frame)
                    yield frame
        except ConnectionClosed:
            pass
        finally:
            with self._lock:
                self._socket = self._room = None
        self._judge(socket)

    def _sign_in(self, socket: ClientConnection) -> None:
        if self.login is not None:
            socket.send(_encoded(f.Authenticate(token=self.login.token())))

    def _note(self, socket: ClientConnection, frame: Frame) -> None:
        match frame:
            case f.Hello():
                self._failures = 0
            case f.Subscribed(room=room, seq=seq):
                self._room = room
                self.after = seq if self.after is None else self.after
                if self.login is None:
                    self._enter(socket)
            case f.Authenticated():  # answered after ``subscribed``
                self._enter(socket)
            case f.EntryFrame(seq=seq):
                self.after = seq
            case f.Error(nonce=None) if self.login is not None and self._socket is None:
                self.login.forget()  # the token was not believed
                socket.close(3000)  # and not 1000, which would end it
            case f.Ack() | f.Result() | f.Error():
                self._unanswered.pop(frame.nonce or "", None)

    def _enter(self, socket: ClientConnection) -> None:
        """From here on lines can be sent; first those that were not answered."""
        with self._lock:
            self._socket = socket
            for nonce, text in list(self._unanswered.items()):
                self._send(self._written(nonce, text))

    def _written(self, nonce: str, text: str) -> f.Send | None:
        return f.Send(room=self._room, text=text, nonce=nonce) if self._room is not None else None

    def _send(self, frame: f.ClientFrame | None) -> None:
        if self._socket is None or frame is None:
            return  # said as soon as there is a connection again
        with suppress(ConnectionClosed):
            self._socket.send(_encoded(frame))

    def _wait(self) -> None:
        if not self._is_left.is_set():
            self.on_lost()
            longest = min(_LONGEST_WAIT, 0.5 * 2 ** min(self._failures, 10))
            self._failures += 1
            self._is_left.wait(uniform(0.1, longest))  # noqa: S311 - not everybody at once

    def _judge(self, socket: ClientConnection) -> None:
        code = socket.close_code
        if code == CloseCode.SESSION_ENDED and self.login is not None:
            self.login.forget()
        if code in _FINAL and not self._is_left.is_set():
            raise Left(code, socket.close_reason or "the channel is closed")


def _decoded(message: str | bytes) -> Frame | None:
    try:
        return _DECODER.decode(message)
    except msgspec.DecodeError:
        return None  # of a newer server


def _encoded(frame: f.ClientFrame) -> str:
    return msgspec.json.encode(frame).decode()


def _must_pass(refusal: Refused) -> None:
    if not refusal.may_pass:
        raise refusal
