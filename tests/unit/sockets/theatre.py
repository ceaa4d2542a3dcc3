"""Two hubs on one Stonks in memory, as two processes have them, and people who connect."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import gevent
from gevent.event import Event

from stonks.adapters.memory.attendance import MemoryAttendance
from stonks.adapters.memory.bus import MemoryBus
from stonks.adapters.memory.people_online import MemoryPeopleOnline
from stonks.application.chat.post_messages import Draft, Outcome
from stonks.application.identity.ports import SignedIn
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, RoomId, SessionId
from stonks.entrypoints.container import Container
from stonks.entrypoints.sockets.deps import SocketDeps
from stonks.entrypoints.sockets.hub import Hub
from stonks.entrypoints.sockets.limits import SocketLimits
from tests.contracts.town import Town
from tests.unit.sockets.inboxes import Inboxes
from tests.unit.sockets.peer import Peer, eventually, pair


@dataclass(slots=True)
class SlowWriter:
    """Stores what was submitted when it is told to; by default at once."""

    container: Container
    is_stuck: bool = False
    waiting: list[tuple[Draft, Callable[[Outcome], None]]] = field(default_factory=list)

    def start(self) -> None: ...

    def submit(self, draft: Draft, on_done: Callable[[Outcome], None]) -> None:
        self.waiting.append((draft, on_done))
        if not self.is_stuck:
            self.go_on()

    def go_on(self) -> None:
        waiting, self.waiting = self.waiting, []
        outcomes = self.container.post_messages()(drafts=[draft for draft, _ in waiting])
        for (_, on_done), outcome in zip(waiting, outcomes, strict=True):
            on_done(outcome)


class Theatre:
    """A town, and the sockets of two processes in it."""

    def __init__(self, container: Container, limits: SocketLimits | None = None) -> None:
        self.town = Town(container, container.now())
        self.container = container
        self.writer = SlowWriter(container)
        self.people: dict[str, SignedIn] = {}
        self.peers: list[Peer] = []
        self.inboxes = Inboxes()
        limits = limits or SocketLimits(frames_per_second=10_000, linger_seconds=0.1)
        self.hubs = [Hub(self._deps(name), limits) for name in ("one", "two")]
        for hub in self.hubs:
            hub.start()
        gevent.sleep(0.001)

    def person(self, name: str, *, is_staff: bool = False) -> ProfileId:
        profile_id = self.town.person(name, is_staff=is_staff)
        session_id = SessionId(self.container.new_id()())
        at = self.town.clock()
        session = Session(session_id, profile_id, "a test", at, at, at + timedelta(days=1))
        with self.container.begin_identity()() as work:
            work.sessions.add(session)
        self.people[name] = SignedIn(profile_id, name, session_id, is_staff)
        return profile_id

    def connect(
        self,
        *,
        on: int = 0,
        home: RoomId | None = None,
        after: int | None = None,
        ticket_of: str | None = None,
    ) -> Peer:
        """A connection to one of the hubs, that was greeted."""
        ours, theirs = pair()
        peer = Peer(theirs)
        self.peers.append(peer)
        person = self.people[ticket_of] if ticket_of else None
        self.hubs[on].admit(ours, home, after, person)
        assert peer.sees(lambda it: it.got("hello"))
        return peer

    def enter(self, name: str, room_id: RoomId, *, on: int = 0) -> Peer:
        """A connection that is signed in and follows a room."""
        peer = self.connect(on=on)
        peer.say(type="authenticate", token=name)
        peer.say(type="subscribe", room=str(room_id))
        assert peer.sees(lambda it: it.got("subscribed")), peer.said
        return peer

    def end_session(self, name: str, *, is_told: bool = True) -> None:
        if not is_told:
            self.container.exchange().ends.clear()
        self.container.log_out()(session_id=self.people[name].session_id)

    def close(self) -> None:
        for peer in self.peers:
            peer.sock.close()
        for hub in self.hubs:
            hub.stop()
        assert eventually(lambda: not any(hub.size for hub in self.hubs))

    def _deps(self, process: str) -> SocketDeps:
        container = self.container
        said = container.people_online().said
        return SocketDeps(
            authenticate=self._authenticate,
            writer=self.writer,
            apply_command=container.apply_chat_command(),
            reads=container.chat_reads(),
            alive_sessions=container.alive_sessions(),
            presence=container.presence(),
            people_online=MemoryPeopleOnline(container.now(), process, said),
            attended=container.attended(),
            attendance=MemoryAttendance(container.now(), process, container.attendance().said),
            missed=self.inboxes,
            bus=MemoryBus(container.exchange(), Event),
            now=container.now(),
            new_id=container.new_id(),
        )

    def _authenticate(self, token: str) -> SignedIn:
        """Whose name is the token."""
        known = self.people.get(token)
        reads, at = self.container.identity_reads(), self.town.clock()
        person = reads.signed_in(known.session_id, at) if known is not None else None
        if person is None:
            raise Unauthenticated("token_invalid", "this token is not believed")
        return person
