"""Writers and readers that go on whatever dies, as good clients do."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from tests.integration.promises.ledger import Ledger, Stored, stored
from tests.integration.servers import RunningServer
from tests.integration.sockets.people import Person, open_channel, sign_up

LOST = (ConnectionClosed, InvalidHandshake, OSError, EOFError)  # a timeout is an OSError, too
WRITERS, READERS = 4, 3
WINDOW = 8  # messages that a writer has under way
PAUSE = 0.01  # seconds between two messages of a writer
SILENCE = 5.0  # seconds after which a client gives a server up
PATIENCE = 60.0  # seconds in which everybody must come to the end
OPTIONS: dict[str, Any] = {
    "compression": None,
    "proxy": None,
    "ping_interval": None,
    "close_timeout": 0.1,
    "open_timeout": SILENCE,
    "max_queue": None,
}


@dataclass(slots=True)
class Writer:
    """Sends until told to stop; sends again, by the same nonce, what was not acknowledged."""

    person: Person
    room: str
    servers: Sequence[RunningServer]
    ledger: Ledger
    is_over: Event
    made: int = 0
    waiting: dict[str, bool] = field(default_factory=dict)  # by nonce: whether it was sent before
    closed: list[int | str] = field(default_factory=list)

    def run(self) -> None:
        while not (self.is_over.is_set() and not self.waiting):
            try:
                self._write(random.choice(self.servers))
            except LOST as error:
                self.closed.append(end_of(error))
                sleep(random.uniform(0.02, 0.2))

    def _write(self, server: RunningServer) -> None:
        with connect(server.ws_url + "/ws", **OPTIONS) as socket:
            socket.send(json.dumps({"type": "authenticate", "token": self.person.token}))
            while heard(socket)["type"] != "authenticated":
                pass
            under_way: set[str] = set()
            while not (self.is_over.is_set() and not self.waiting):
                self._fill(socket, under_way)
                self._take(heard(socket), under_way)

    def _fill(self, socket: ClientConnection, under_way: set[str]) -> None:
        while len(self.waiting) < WINDOW and not self.is_over.is_set():
            self.waiting[self._nonce()] = False
        if random.random() < 0.02 and self.made > WINDOW:  # as if an acknowledgement was lost
            self.waiting[f"{self.person.username}-{random.randint(1, self.made)}"] = True
        for nonce in [nonce for nonce in self.waiting if nonce not in under_way]:
            self.ledger.retry(self.waiting[nonce])
            self.waiting[nonce] = True
            under_way.add(nonce)
            text = f"this is {nonce}"
            frame = {"type": "send", "room": self.room, "text": text, "nonce": nonce}
            socket.send(json.dumps(frame))
            sleep(PAUSE)

    def _take(self, frame: dict[str, Any], under_way: set[str]) -> None:
        nonce = frame.get("nonce")
        if nonce is None:
            return
        under_way.discard(nonce)
        if frame["type"] == "ack":
            self.ledger.acknowledge(nonce, frame["seq"])
            self.waiting.pop(nonce, None)
        else:
            self.ledger.refuse(frame["code"])
            sleep(min(frame.get("retryAfter", 0), 0.2))

    def _nonce(self) -> str:
        self.made += 1
        return f"{self.person.username}-{self.made}"


@dataclass(slots=True)
class Reader:
    """Follows a channel from its first entry, resuming after the last that it saw."""

    slug: str
    servers: Sequence[RunningServer]
    seqs: list[int] = field(default_factory=list)
    closed: list[int | str] = field(default_factory=list)
    last: int | None = None  # where the log ends, once that is known
    is_given_up: bool = False

    @property
    def is_done(self) -> bool:
        return self.is_given_up or (self.last is not None and self._seen >= self.last)

    def run(self) -> None:
        while not self.is_done:
            try:
                self._read(random.choice(self.servers))
            except LOST as error:
                self.closed.append(end_of(error))
                sleep(random.uniform(0.02, 0.2))

    def _read(self, server: RunningServer) -> None:
        path = f"/ws/channels/{self.slug}?after={self._seen}"
        with connect(server.ws_url + path, **OPTIONS) as socket:
            while not self.is_done:
                try:
                    frame = heard(socket, 0.5)
                except TimeoutError:
                    continue
                if frame["type"] == "entry":
                    self.seqs.append(frame["seq"])

    @property
    def _seen(self) -> int:
        return self.seqs[-1] if self.seqs else 0


@dataclass(slots=True)
class Load:
    """Some writers and readers of one channel, over several servers."""

    database_url: str
    room: str
    ledger: Ledger
    writers: list[Writer]
    readers: list[Reader]
    is_over: Event
    threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        self.threads = [
            Thread(target=each.run, daemon=True) for each in (*self.writers, *self.readers)
        ]
        for thread in self.threads:
            thread.start()

    def wait_for(self, more: int, seconds: float = PATIENCE) -> None:
        """Go on when so many more messages were acknowledged."""
        wanted, end = len(self.ledger.acknowledged) + more, monotonic() + seconds
        while len(self.ledger.acknowledged) < wanted:
            assert monotonic() < end, f"no progress; refused: {self.ledger.refused}"
            sleep(0.02)

    def finish(self) -> Stored:
        """Let everybody come to the end of what they began; the log then."""
        self.is_over.set()
        end = monotonic() + PATIENCE
        for thread in self.threads[: len(self.writers)]:
            thread.join(max(0.0, end - monotonic()))
        log = stored(self.database_url, self.room)
        for reader in self.readers:
            reader.last = log.last
        for thread in self.threads:
            thread.join(max(0.0, end - monotonic()))
        for reader in self.readers:
            reader.is_given_up = True
        return log

    @property
    def closed(self) -> Counter[int | str]:
        """How the connections of everybody ended."""
        return Counter(end for each in (*self.writers, *self.readers) for end in each.closed)

    def check(self, log: Stored, injected: str) -> None:
        """Report, then hold everybody to the promises (a) to (d)."""
        lost, doubled = log.lost(self.ledger), log.doubled()
        print(
            f"\ninjected: {injected}\n"
            f"acknowledged: {len(self.ledger.acknowledged)}, sent again: {self.ledger.retried}, "
            f"refused: {dict(self.ledger.refused)}\n"
            f"lost: {len(lost)}, doubled: {len(doubled)}, entries: {log.last}, "
            f"connections lost: {dict(self.closed)}"
        )
        assert lost == [], "(a) what was acknowledged is in the log, where it was said to be"
        assert not log.has_gaps(), "(b) seq is exactly 1..N"
        assert doubled == [], "(d) a retry made no second entry"
        assert self.ledger.answered_differently == [], "(d) a retry gets the original seq"
        for reader in self.readers:
            assert reader.seqs == [*range(1, log.last + 1)], "(c) each entry once, in order"
        made = sum(writer.made for writer in self.writers)
        assert log.last == made == len(self.ledger.acknowledged), "everything came to its end"


def new_load(
    slug: str,
    servers: Sequence[RunningServer],
    database_url: str,
    writers: int = WRITERS,
    readers: int = READERS,
) -> Load:
    """People and a channel of their own for this load."""
    people = [sign_up(servers[0], f"{slug}.{number}") for number in range(writers)]
    room = open_channel(servers[0], slug, people[0])
    ledger, is_over = Ledger(), Event()
    return Load(
        database_url,
        room,
        ledger,
        [Writer(person, room, servers, ledger, is_over) for person in people],
        [Reader(slug, servers) for _ in range(readers)],
        is_over,
    )


@contextmanager
def under(load: Load, injected: Callable[[], str]) -> Iterator[Load]:
    """Faults go into the block; everything is checked after it."""
    load.start()
    try:
        load.wait_for(20)
        yield load
        load.wait_for(20)
        log = load.finish()
    finally:
        load.is_over.set()
        for reader in load.readers:
            reader.is_given_up = True
    load.check(log, injected())


def heard(socket: ClientConnection, seconds: float = SILENCE) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(socket.recv(timeout=seconds))
    return frame


def end_of(error: BaseException) -> int | str:
    """The code that the server closed with; else whether it was cut off or never there."""
    if isinstance(error, ConnectionClosed):
        return int(error.rcvd.code) if error.rcvd else "cut off"
    return "silent" if isinstance(error, TimeoutError) else "not taken"
