"""A channel with somebody in every role; who acts and whom it is done to are on two servers."""

from dataclasses import dataclass, field

from tests.integration.servers import RunningServer
from tests.integration.sockets.client import Client, Frame
from tests.integration.sockets.people import Person, grant_staff, open_channel, sign_up

SLUG = "lounge"
HERE = f"/ws/channels/{SLUG}"
NAMES = {
    "HOST": "hanna",
    "ADMIN": "adam",
    "SUPERADMIN": "susan",
    "member": "megan",
    "muted": "mutedmia",
    "muted ADMIN": "hushedhal",
    "banned": "bannedben",
    "another channel's HOST": "olga",
    "target": "bob",
}
ROLES = ["anonymous", *(role for role in NAMES if role != "target")]


@dataclass(slots=True)
class Stage:
    """``here`` is the server of who acts; bob, a member, and the readers are ``there``."""

    here: RunningServer
    there: RunningServer
    room: str
    people: dict[str, Person]
    actors: dict[str, Client] = field(default_factory=dict)
    _readers: dict[str, Client] = field(default_factory=dict)

    def actor(self, role: str) -> Client:
        """Signed in on ``here``, following nothing."""
        if role not in self.actors:
            self.actors[role] = Client(self.here, person=self.people.get(role))
        return self.actors[role]

    def reader(self, who: str = "anonymous") -> Client:
        """In the channel on ``there``: nobody, ``target`` or another person."""
        if who not in self._readers:
            self._readers[who] = Client(self.there, HERE, self.people.get(who))
        return self._readers[who]

    def forget(self, *who: str) -> None:
        """The next time they are asked for they are new connections."""
        for each in who:
            if each in self._readers:
                self._readers.pop(each).socket.close()

    def do(self, role: str, line: str) -> Frame:
        return self.actor(role).ask(self.room, line)

    def must(self, role: str, line: str) -> int:
        """Say or command something that is allowed; the ``seq`` of what was said, else 0."""
        answer = self.do(role, line)
        assert answer["type"] in ("ack", "result"), answer
        return int(answer.get("seq", 0))

    def bob_says(self, text: str) -> Frame:
        return self.reader("target").ask(self.room, text)

    def end(self) -> None:
        for client in [*self.actors.values(), *self._readers.values()]:
            client.socket.close()


def set_stage(here: RunningServer, there: RunningServer) -> Stage:
    people = {role: sign_up(here, name) for role, name in NAMES.items()}
    grant_staff(here, NAMES["SUPERADMIN"])
    open_channel(here, "elsewhere", people["another channel's HOST"])
    stage = Stage(here, there, open_channel(here, SLUG, people["HOST"]), people)
    for role in ("ADMIN", "muted ADMIN"):
        stage.must("HOST", f"/set admin @{NAMES[role]}")
    for role in ("muted", "muted ADMIN"):
        stage.must("HOST", f"/mute @{NAMES[role]}")
    stage.must("HOST", f"/ban @{NAMES['banned']}")
    return stage
