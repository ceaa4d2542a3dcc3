"""Channels with webhooks, by HTTP and sockets, as their HOSTs have them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import text

from tests.integration.running import Running
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, call, open_channel, sign_up, whole_log
from tests.integration.waiting import PATIENCE, wait_until

Json = dict[str, Any]
_numbers = count(1)
_SOON = """
UPDATE webhook_endpoints SET due_at = now() - interval '1 second'
 WHERE id = CAST(:id AS uuid) AND due_at > now() AND turn IS NULL
"""
_PASS_LEASE = """
UPDATE webhook_endpoints SET due_at = now() - interval '1 second'
 WHERE id = CAST(:id AS uuid) AND due_at > now()
"""
_WAS_VERIFIED = """
UPDATE webhook_endpoints e
   SET status = 'active', activated_at = now(),
       position = (SELECT last_seq FROM rooms r WHERE r.id = e.room_id)
 WHERE id = CAST(:id AS uuid)
"""
_LANE = "SELECT lane FROM webhook_endpoints WHERE id = CAST(:id AS uuid)"


@dataclass(slots=True)
class Hooked(Running):
    """Stonks, and whoever has channels on it."""

    def open_channel(self) -> "HostedChannel":
        """A new one, of a new HOST."""
        slug = f"hooked-{next(_numbers)}"
        host = sign_up(self.here, slug.replace("-", "."))
        return HostedChannel(self, host, slug, open_channel(self.here, slug, host))

    def sign_up(self) -> Person:
        return sign_up(self.here, f"member.{next(_numbers)}")


@dataclass(frozen=True, slots=True)
class HostedChannel:
    hooked: Hooked
    host: Person
    slug: str
    room: str

    @property
    def path(self) -> str:
        return f"/channels/{self.slug}"

    def call(self, method: str, path: str, person: Person | None = None, **rest: Any) -> Any:
        """By HTTP, the HOST unless another person is given; what is answered, if anything is."""
        who = person or self.host
        answer = call(self.hooked.here, method, self.path + path, person=who, **rest)
        return answer.json() if answer.content else None

    def say(self, said: str, person: Person | None = None) -> Json:
        """A message or a command, by HTTP."""
        answer: Json = self.call("POST", "/messages", person, json={"text": said})
        return answer

    def say_many(self, many: int, what: str = "message") -> None:
        """By a socket, each acknowledged before the next is sent."""
        with Client(self.hooked.here, person=self.host) as client:
            for number in range(many):
                assert client.ask(self.room, f"{what} {number}")["type"] == "ack"

    def log(self) -> list[Json]:
        """Every entry, from the first."""
        return whole_log(self.hooked.here, self.slug)

    def last_seq(self) -> int:
        return int(self.log()[-1]["seq"])

    def add(self, url: str, *types: str) -> "Hook":
        """An endpoint, which is not active yet."""
        made = self.call("POST", "/webhooks", json={"url": url, "eventTypes": types})
        return Hook(self, made["id"], made["secret"])


@dataclass(frozen=True, slots=True)
class Hook:
    """An endpoint, and what its HOST does with it."""

    channel: HostedChannel
    id: str
    secret: str

    def call(self, method: str, path: str = "", **rest: Any) -> Any:
        return self.channel.call(method, f"/webhooks/{self.id}{path}", **rest)

    def activate(self) -> None:
        assert self.call("POST", "/activate")["status"] == "active"

    def was_verified(self) -> None:
        """As if it had been better once: those who are hostile from the first are not active."""
        assert self.channel.hooked.run(_WAS_VERIFIED, id=self.id) == 1

    def lane(self) -> str:
        with self.channel.hooked.container.engine().connect() as connection:
            return str(connection.execute(text(_LANE), {"id": self.id}).scalar_one())

    def read(self) -> Json:
        found: Json = self.call("GET")
        return found

    def change(self, **fields: object) -> Json:
        changed: Json = self.call("PATCH", json=fields)
        return changed

    def rotate(self) -> str:
        """The new secret."""
        return str(self.call("POST", "/rotate-secret")["secret"])

    def replay(self, seq: int) -> None:
        self.call("POST", "/replay", json={"fromSeq": seq})

    def test(self) -> Json:
        """What came of it."""
        attempt: Json = self.call("POST", "/test")
        return attempt

    def remove(self) -> None:
        self.call("DELETE")

    def attempts(self, outcome: str = "") -> list[Json]:
        """All of them, the oldest first."""
        return [*self._pages(f"&outcome={outcome}" if outcome else "")][::-1]

    def told(self) -> list[Json]:
        """Attempts at what is in the log, the oldest first."""
        return [attempt for attempt in self.attempts() if attempt["seq"] is not None]

    def is_told_all(self) -> bool:
        """Whether it is at the end of the log."""
        return self.read()["behind"] == 0

    def wait_until_told_all(self, seconds: float = PATIENCE) -> None:
        wait_until(self.is_told_all, "everything is told", seconds)

    def pass_delay(self) -> int:
        """What is put off is due at once: 1, or 0 where nothing is."""
        return self.channel.hooked.run(_SOON, id=self.id)

    def pass_lease(self) -> int:
        """Whoever has the turn is taken for dead: 1, or 0 where nobody has."""
        return self.channel.hooked.run(_PASS_LEASE, id=self.id)

    def wait_until_failed(self, times: int = 1) -> Json:
        """Until it failed so often in a row; as it reads then."""
        wait_until(lambda: self.read()["failures"] >= times, f"it failed {times} times")
        return self.read()

    def _pages(self, more: str) -> Iterator[Json]:
        cursor = ""
        while True:
            page = self.call("GET", f"/attempts?limit=100{more}{cursor}")
            yield from page["items"]
            if page["nextCursor"] is None:
                return
            cursor = f"&cursor={page['nextCursor']}"


def seqs(events: Sequence[Json]) -> list[int]:
    return [event["seq"] if "seq" in event else event["data"]["seq"] for event in events]
