"""Who comes and goes, by real servers, a relay and a worker; half a minute is passed at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import Engine, create_engine, text

from tests.integration.notifications.works import wait_until
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, open_channel, sign_up, whole_log

_ATTEND = "INSERT INTO attended_rooms (room_id, due_at) VALUES (:room, now())"
_LOOK_SOON = """
UPDATE attended_rooms SET due_at = now()
 WHERE due_at BETWEEN now() AND now() + interval '9 seconds'
"""
_PASS = """
UPDATE attendees SET since = since - interval '30 seconds'
 WHERE since > now() - interval '30 seconds'
"""


class House:
    """Two servers, a relay and a worker."""

    def __init__(self, servers: Servers) -> None:
        self.here, self.there = servers(), servers()
        self.relay, self.worker = servers.relay(), servers.worker()
        self.engine: Engine = create_engine(servers.database_url)
        self.redis_url = servers.redis_url
        self.host = sign_up(self.here, "hanna")

    def open(self, slug: str) -> "Room":
        room = open_channel(self.here, slug, self.host)
        self.run(_ATTEND, room=room)
        return Room(self, slug)

    def run(self, statement: str, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def look(self) -> None:
        """Soon, and half a minute after somebody was noticed."""
        self.run(_LOOK_SOON)
        self.run(_PASS)

    def has_refused(self, times: int) -> bool:
        self.look()
        return self.refused() >= times

    def refused(self) -> int:
        """How many looks found that nobody knows who is there."""
        return self.worker.logged().count("presence_unknown")


@dataclass(frozen=True, slots=True)
class Room:
    """One in which somebody wants to know who comes and goes."""

    house: House
    slug: str

    def enter(self, server: RunningServer, person: Person | None = None) -> Client:
        return Client(server, f"/ws/channels/{self.slug}", person)

    def told(self) -> list[str]:
        return [
            f"{entry['kind']} {entry['actor']['username']}"  # type: ignore[index]
            for entry in whole_log(self.house.here, self.slug)
        ]

    def look_until(self, count: int) -> list[str]:
        """Until so much has been told."""

        def is_told() -> bool:
            self.house.look()
            return len(self.told()) >= count

        wait_until(is_told, f"{count} entries are told")
        return self.told()


@pytest.fixture(scope="module")
def house(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[House]:
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        house = House(servers)
        yield house
        house.engine.dispose()
    finally:
        servers.end()


def test_who_comes_and_goes_on_any_server_is_told_to_all(house: House) -> None:
    ada, bob = (sign_up(house.here, name) for name in ("ada", "bob"))
    room = house.open("lounge")
    with room.enter(house.there) as reader, room.enter(house.here, ada) as client:
        assert room.look_until(1) == ["member_joined ada"]
        for heard in (client.entry(1), reader.entry(1)):
            assert (heard["actor"]["id"], heard["actor"]["role"]) == (ada.id, "member")
            assert (heard["kind"], heard["data"]) == ("member_joined", {})
        with room.enter(house.there, bob):
            assert room.look_until(2)[1:] == ["member_joined bob"]
            assert client.entry(2)["actor"]["id"] == bob.id
        assert room.look_until(3)[2:] == ["member_left bob"]
        assert (client.entry(3)["kind"], reader.entry(3)["kind"]) == ("member_left",) * 2


def test_a_redis_that_forgot_everything_sends_nobody_away(house: House) -> None:
    cleo, dan = (sign_up(house.here, name) for name in ("cleo", "dan"))
    room = house.open("garden")
    with room.enter(house.here, cleo):
        assert room.look_until(1) == ["member_joined cleo"]
        for _ in range(2):
            enough = house.refused() + 2
            with Redis.from_url(house.redis_url) as redis:
                redis.flushdb()
            wait_until(partial(house.has_refused, enough), "looks find that nobody knows")
        with room.enter(house.there, dan):
            assert room.look_until(2) == ["member_joined cleo", "member_joined dan"]
