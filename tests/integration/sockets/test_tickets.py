"""A ticket from one server opens one signed-in socket on any."""

from itertools import count

import pytest

from tests.contracts.identity_races import at_once
from tests.integration.servers import RunningServer
from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import Person, call, sign_up
from tests.integration.sockets.raw import RawClient
from tests.integration.sockets.stage import HERE, Stage

numbers = count(1)


@pytest.fixture
def person(stage: Stage) -> Person:
    return sign_up(stage.here, f"ticketed{next(numbers)}")


def ticket_of(server: RunningServer, person: Person) -> str:
    answer = call(server, "POST", "/auth/ws-ticket", person=person, expected=(201,))
    assert answer.json()["expiresIn"] == 30
    return str(answer.json()["ticket"])


def test_a_ticket_of_one_server_signs_in_on_the_other(stage: Stage, person: Person) -> None:
    with Client(stage.there, f"{HERE}?ticket={ticket_of(stage.here, person)}") as client:
        assert client.until(type="authenticated")["username"] == person.username
        assert client.subscribed["you"]["username"] == person.username
        assert client.ask(stage.room, "let in by a ticket")["type"] == "ack"
        call(stage.here, "POST", "/auth/logout", person=person)
        assert client.closed(AT_ONCE) == 4001


def test_the_first_frames_come_in_this_order(stage: Stage, person: Person) -> None:
    with RawClient(stage.there, f"{HERE}?ticket={ticket_of(stage.here, person)}&after=0") as client:
        said = [client.until(type=kind) for kind in ("hello", "authenticated", "subscribed")]
    assert said[1]["profileId"] == person.id


@pytest.mark.parametrize("path", ["/ws", HERE])
def test_a_ticket_works_once_on_all_servers(stage: Stage, person: Person, path: str) -> None:
    ticket = ticket_of(stage.here, person)
    with RawClient(stage.there, f"{path}?ticket={ticket}") as first:
        assert first.status == 101
        for server in (stage.here, stage.there):
            with RawClient(server, f"{path}?ticket={ticket}") as again:
                assert (again.status, again.problem["code"]) == (401, "ticket_invalid")


def test_of_sockets_at_the_same_moment_one_is_opened(stage: Stage, person: Person) -> None:
    ticket = ticket_of(stage.here, person)

    def enter(server: RunningServer) -> int:
        with RawClient(server, f"/ws?ticket={ticket}") as client:
            return client.status

    calls = [lambda server=server: enter(server) for server in (stage.here, stage.there) * 4]
    assert sorted(at_once(*calls)) == [101] + [401] * 7


@pytest.mark.parametrize("ticket", ["", "wrong", "%FF", "%00", "a&ticket=b"])
def test_what_is_no_ticket_is_refused(stage: Stage, ticket: str) -> None:
    with RawClient(stage.here, f"{HERE}?ticket={ticket}") as client:
        assert (client.status, client.problem["code"]) == (401, "ticket_invalid")
        assert client.response.headers["Content-Type"] == "application/problem+json"


def test_a_ticket_of_a_session_that_is_over_is_refused(stage: Stage, person: Person) -> None:
    ticket = ticket_of(stage.here, person)
    call(stage.here, "POST", "/auth/logout", person=person)
    with RawClient(stage.there, f"/ws?ticket={ticket}") as client:
        assert (client.status, client.problem["code"]) == (401, "session_ended")
