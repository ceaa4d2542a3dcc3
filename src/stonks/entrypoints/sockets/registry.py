"""Who is connected to this process."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from stonks.adapters.wire.batches import Control
from stonks.adapters.wire.closing import CloseCode
from stonks.application.identity.ports import SignedIn
from stonks.domain.ids import ProfileId, RoomId, SessionId

if TYPE_CHECKING:
    from stonks.entrypoints.sockets.session import SocketSession

Key = TypeVar("Key", bound=Hashable)
_Index = dict[Key, set["SocketSession"]]


class Registry:
    """All connections, found by who is signed in and by the session that they signed in with."""

    def __init__(self) -> None:
        self.everybody: set[SocketSession] = set()
        self._of_profile: _Index[ProfileId] = {}
        self._of_session: _Index[SessionId] = {}
        self._untold: _Index[ProfileId] = {}

    def add(self, session: "SocketSession") -> None:
        self.everybody.add(session)

    def remove(self, session: "SocketSession") -> None:
        self.everybody.discard(session)
        if session.person is not None:
            self.sign_out(session, session.person)

    def sign_in(self, session: "SocketSession", person: SignedIn) -> None:
        self._of_profile.setdefault(person.profile_id, set()).add(session)
        self._of_session.setdefault(person.session_id, set()).add(session)
        if not person.may_be_told:
            self._untold.setdefault(person.profile_id, set()).add(session)

    def sign_out(self, session: "SocketSession", person: SignedIn) -> None:
        _take(self._of_profile, person.profile_id, session)
        _take(self._of_session, person.session_id, session)
        _take(self._untold, person.profile_id, session)

    def session_ids(self) -> list[SessionId]:
        return [*self._of_session]

    def people(self) -> set[ProfileId]:
        """Who can be told something here: programs that may not be told count for nobody."""
        return set(self._of_profile).difference(
            id_ for id_, untold in self._untold.items() if len(untold) == len(self._of_profile[id_])
        )

    def attendance(self, rooms: Set[RoomId]) -> Mapping[RoomId, Set[ProfileId]]:
        """Who of those who are signed in follows which of these rooms."""
        found: dict[RoomId, set[ProfileId]] = {}
        if not rooms:
            return found
        for profile_id, sessions in self._of_profile.items():
            for session in sessions:
                for room_id in session.follows(rooms):
                    found.setdefault(room_id, set()).add(profile_id)
        return found

    def told(self, profile_id: ProfileId) -> list["SocketSession"]:
        """The connections on which somebody can be told something."""
        untold = self._untold.get(profile_id, ())
        return [it for it in self._of_profile.get(profile_id, ()) if it not in untold]

    def sessions_of(self, people: Iterable[ProfileId]) -> set[SessionId]:
        found = [session for id_ in people for session in self._of_profile.get(id_, ())]
        return {session.person.session_id for session in found if session.person is not None}

    def correct(self, ids: Collection[SessionId], alive: Mapping[SessionId, bool]) -> None:
        """Of ``ids`` only those ``alive`` go on, and those of staff as staff."""
        self.end(set(ids) - alive.keys())
        for id_, is_staff in alive.items():
            for session in self._of_session.get(id_, ()):
                session.rank(is_staff=is_staff)

    def end(self, ids: Iterable[SessionId]) -> None:
        """Close the connections of sessions that ended."""
        for session in [session for id_ in ids for session in self._of_session.get(id_, ())]:
            session.close(CloseCode.SESSION_ENDED, "the session ended")

    def lose(self, room_id: RoomId) -> None:
        """A room is no more."""
        for session in [*self.everybody]:
            session.lose(room_id)

    def bite(self, room_id: RoomId, controls: Sequence[Control]) -> None:
        """Make what happened in a room felt by those it happened to."""
        for control in controls:
            for session in self._meant(control):
                session.bite(room_id, control)

    def _meant(self, control: Control) -> Collection["SocketSession"]:
        if control.profile_id is None:
            return [*self.everybody]
        return [*self._of_profile.get(ProfileId(UUID(control.profile_id)), ())]


def _take(index: "_Index[Key]", key: Key, session: "SocketSession") -> None:
    sessions = index.get(key, set())
    sessions.discard(session)
    if not sessions:
        index.pop(key, None)
