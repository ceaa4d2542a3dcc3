"""Who comes and goes, by real servers, a relay and a worker; half a minute is passed at once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, text

from stonks.adapters.celery import CeleryHint, hints_app
from tests.integration.notifications.works import wait_until
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, history, open_channel, sign_up

_ATTEND = "INSERT INTO attended_rooms (room_id, due_at) VALUES (:room, now())"
_PASS = """
WITH due AS (UPDATE attended_rooms SET due_at = now())
UPDATE attendees SET since = since - interval '30 seconds' WHERE since > now() - interval '30 seconds'
"""
_WAITING = "SELECT count(*) FROM attendees WHERE since IS NOT NULL"
WHO = "SELECT count(*) FROM attendees"


class House:
    """A room on two servers, in which somebody wants to know who comes and goes."""

    def __init__(self, servers: Servers) -> None:
        self.here, self.there = servers(), servers()
        servers.relay()
        servers.worker()
        self.engine: Engine = create_engine(servers.database_url)
        self.hint = CeleryHint(hints_app(servers.redis_url))
        self.host = sign_up(self.here, "host")
        self.room = open_channel(self.here, "lounge", self.host)
        self.run(_ATTEND, room=self.room)

    def run(self, statement: str, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def enter(self, server: RunningServer, person: Person | None = None) -> Client:
        return Client(server, "/ws/channels/lounge", person)

    def told(self) -> list[str]:
        return [
            f"{entry['seq']} {entry['kind']} {entry['actor']['username']}"
            for entry in history(self.here, "lounge")
        ]

    def pass_until(self, *told: str) -> None:
        """Look again at once, as after half a minute each time, until all of that is told."""

        def is_told() -> bool:
            self.run(_PASS)
            self.hint("attendance")
            return self.told() == [*told]

        wait_until(is_told, f"{told} is told")


@pytest.fixture
def house(serve: Servers) -> Iterator[House]:
    house = House(serve)
    yield house
    house.engine.dispose()


def test_who_comes_and_goes_on_any_server_is_told_to_all(house: House) -> None:
    ada, bob = (sign_up(house.here, name) for name in ("ada", "bob"))
    reader = house.enter(house.there)
    with house.enter(house.here, ada) as client:
        house.pass_until("1 member_joined ada")
        assert reader.entry(1)["actor"]["username"] == "ada"
        assert client.entry(1)["data"] == {}
        with house.enter(house.there, bob):
            house.pass_until("1 member_joined ada", "2 member_joined bob")
            assert client.entry(2)["actor"]["username"] == "bob"
    left = ["1 member_joined ada", "2 member_joined bob"]
    wait_until(lambda: len(house.told()) == len(left), "x")
