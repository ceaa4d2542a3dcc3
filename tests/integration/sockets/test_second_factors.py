"""Second factors on two servers: half a login is none, and a change ends other sockets."""

from itertools import count
from typing import Any

import pytest
import requests
from oathtool import generate_otp

from tests.contracts.identity_races import at_once
from tests.integration.servers import RunningServer
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import PASSWORD, Person, call, log_in, sign_up
from tests.integration.sockets.raw import RawClient
from tests.integration.sockets.stage import HERE, Stage

PATIENCE = 30
numbers = count(1)


@pytest.fixture
def person(stage: Stage) -> Person:
    return sign_up(stage.here, f"factored{next(numbers)}")


def turn_on(server: RunningServer, person: Person) -> list[str]:
    secret = call(server, "POST", "/profiles/me/2fa", person=person).json()["secret"]
    body = {"code": generate_otp(secret)}
    answer = call(server, "POST", "/profiles/me/2fa/confirm", person=person, json=body)
    codes: list[str] = answer.json()["recoveryCodes"]
    return codes


def half(server: RunningServer, person: Person) -> str:
    body = {"login": person.username, "password": PASSWORD}
    answer = call(server, "POST", "/auth/login", json=body).json()
    assert answer["mfaRequired"] is True
    return str(answer["mfaToken"])


def finish(server: RunningServer, token: str, code: str) -> requests.Response:
    body: dict[str, Any] = {"mfaToken": token, "code": code}
    return call(server, "POST", "/auth/login/2fa", json=body, expected=(200, 401))


def test_a_half_signed_in_token_is_refused_on_sockets(stage: Stage, person: Person) -> None:
    codes = turn_on(stage.here, person)
    token = half(stage.here, person)
    with Client(stage.there, HERE) as client:
        client.send(type="authenticate", token=token)
        assert client.until(type="error")["code"] == "token_invalid"
        assert client.ask(stage.room, "let me in")["code"] == "unauthenticated"
    with RawClient(stage.there, f"{HERE}?ticket={token}") as raw:
        assert (raw.status, raw.problem["code"]) == (401, "ticket_invalid")
    assert finish(stage.there, token, codes[0]).status_code == 200, "it is whole, for its purpose"


@pytest.mark.parametrize("change", ["on", "off"])
def test_a_change_of_second_factors_closes_the_other_sockets(
    stage: Stage, person: Person, change: str
) -> None:
    if change == "off":
        codes = turn_on(stage.here, person)
        said = finish(stage.here, half(stage.here, person), codes[0]).json()
        other = Person(person.username, person.id, said["accessToken"], said["refreshToken"])
    else:
        other = log_in(stage.here, person.username)
    with Client(stage.there, HERE, other) as theirs, Client(stage.there, HERE, person) as own:
        if change == "on":
            turn_on(stage.here, person)
        else:
            call(stage.here, "DELETE", "/profiles/me/2fa", person=person)
        assert theirs.closed(PATIENCE) == 4001
        assert own.ask(stage.room, "still here")["type"] == "ack"


def test_twenty_logins_at_once_with_one_recovery_code_are_one(stage: Stage, person: Person) -> None:
    codes = turn_on(stage.here, person)
    servers = [stage.here, stage.there] * 10
    tokens = [half(server, person) for server in servers]

    def use(server: RunningServer, token: str) -> int:
        return finish(server, token, codes[0]).status_code

    pairs = zip(servers, tokens, strict=True)
    calls = [lambda server=server, token=token: use(server, token) for server, token in pairs]
    assert sorted(at_once(*calls)) == [200] + [401] * 19


def test_a_half_signed_in_token_of_one_server_is_finished_on_the_other(
    stage: Stage, person: Person
) -> None:
    codes = turn_on(stage.here, person)
    answer = finish(stage.there, half(stage.here, person), codes[0].upper())
    assert answer.status_code == 200
    headers = {"Authorization": f"Bearer {answer.json()['accessToken']}"}
    url = f"{stage.here.url}/api/v1/profiles/me"
    assert requests.get(url, headers=headers, timeout=PATIENCE).json()["id"] == person.id
