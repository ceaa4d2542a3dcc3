"""A real client: the ``websockets`` package and JSON, and nothing of Stonks."""

import json
from itertools import count
from time import monotonic
from types import TracebackType
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.integration.servers import RunningServer
from tests.integration.sockets.people import Person

PATIENCE = 10.0  # seconds; what is promised within one is asked for within one
AT_ONCE = 1.0  # second: how long a sanction may take to bite on any server
Frame = dict[str, Any]
_nonces = count(1)


class Client:
    """Keeps what it heard until somebody asks for it; each frame is handed out once."""

    def __init__(
        self,
        server: RunningServer,
        path: str = "/ws",
        person: Person | None = None,
        **options: Any,
    ) -> None:
        given = {
            "compression": None,
            "proxy": None,
            "ping_interval": None,
            "close_timeout": 2,
            "max_queue": None,
            "open_timeout": PATIENCE,
        }
        self.socket = connect(server.ws_url + path, **(given | options)).__enter__()
        self.unasked: list[Frame] = []
        self.hello = self.until(type="hello")
        if path != "/ws":
            self.subscribed = self.until(type="subscribed")
        if person is not None:
            self.sign_in(person)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()

    def sign_in(self, person: Person) -> Frame:
        self.send(type="authenticate", token=person.token)
        return self.until(type="authenticated")

    def subscribe(self, room: str, after: int | None = None) -> Frame:
        """``subscribed``, or the ``error`` instead of it."""
        where = {"room": room} if after is None else {"room": room, "after": after}
        self.send(type="subscribe", **where)
        return self._first(lambda f: f["type"] in ("subscribed", "error") and f["room"] == room)

    def send(self, **frame: object) -> None:
        self.socket.send(json.dumps(frame))

    def ask(self, room: str, text: str, nonce: str | None = None, **rest: object) -> Frame:
        """Send a message or a command; the answer, which names the nonce again."""
        nonce = nonce or f"nonce-{next(_nonces)}"
        self.send(type="send", room=room, text=text, nonce=nonce, **rest)
        return self.until(nonce=nonce)

    def until(self, seconds: float = PATIENCE, **wanted: object) -> Frame:
        """The first frame with these fields that was not asked for yet."""
        return self._first(lambda f: wanted.items() <= f.items(), seconds, wanted)

    def entry(self, seq: int, seconds: float = PATIENCE) -> Frame:
        return self.until(seconds, type="entry", seq=seq)

    def entries(self, last: int) -> list[Frame]:
        """All entries that were not asked for yet, until the one with ``seq`` ``last``."""
        final = self.entry(last)
        before = [frame for frame in self.unasked if frame["type"] == "entry"]
        self.unasked = [frame for frame in self.unasked if frame["type"] != "entry"]
        return [*before, final]

    def closed(self, seconds: float = PATIENCE) -> int | None:
        """The code that the server closes with, in time."""
        end = monotonic() + seconds
        try:
            while True:
                self._hear(end)
        except ConnectionClosed as error:
            return error.rcvd.code if error.rcvd else None

    def _first(self, fits: Any, seconds: float = PATIENCE, wanted: object = None) -> Frame:
        end, looked = monotonic() + seconds, 0
        while True:
            for place in range(looked, len(self.unasked)):
                if fits(self.unasked[place]):
                    return self.unasked.pop(place)
            looked = len(self.unasked)
            try:
                self._hear(end)
            except TimeoutError as error:
                raise AssertionError(f"no {wanted} in time; heard {self.unasked}") from error
            except ConnectionClosed as error:
                raise AssertionError(f"{error}; no {wanted}, heard {self.unasked}") from error

    def _hear(self, end: float) -> None:
        """Raises ``TimeoutError`` and ``ConnectionClosed``."""
        frame = json.loads(self.socket.recv(timeout=max(0.0, end - monotonic())))
        assert frame["type"] in _SERVER_FRAMES, frame
        self.unasked.append(frame)


_SERVER_FRAMES = {
    "hello",
    "authenticated",
    "subscribed",
    "unsubscribed",
    "entry",
    "ack",
    "result",
    "typing",
    "viewers",
    "notification",
    "error",
    "pong",
}
