"""Passkeys on two server processes of one Stonks, over real HTTP."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.authenticator import Authenticator
from tests.contracts.identity_cases import PASSWORD
from tests.integration.servers import RunningServer, Servers

Pair = tuple[RunningServer, RunningServer]
HERE = "https://stonks.example"
PATIENCE = 30  # seconds
numbers = count(1)


@pytest.fixture(scope="module")
def servers(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[Pair]:
    made = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        yield made(public_url=HERE), made(public_url=HERE)
    finally:
        made.end()


def ask(
    server: RunningServer, method: str, path: str, token: str = "", **body: Any
) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"{server.url}/api/v1{path}"
    return requests.request(method, url, json=body, headers=headers, timeout=PATIENCE)


def signed_up(server: RunningServer) -> tuple[str, str]:
    """The name and the access token of somebody new."""
    name = f"passkeys{next(numbers)}"
    fields = {"fullName": "Mara", "username": name, "email": f"{name}@example.org"}
    answer = ask(server, "POST", "/auth/signup", **fields, password=PASSWORD)
    assert answer.status_code == 201, answer.text
    return name, str(answer.json()["accessToken"])


def added(first: RunningServer, second: RunningServer, token: str) -> Authenticator:
    """A device whose passkey was begun on one server and added on the other."""
    device = Authenticator(origin=HERE)
    start = ask(first, "POST", "/profiles/me/passkeys/start", token)
    assert start.status_code == 200, start.text
    credential = device.create(start.json()["publicKey"])
    answer = ask(second, "POST", "/profiles/me/passkeys", token, credential=credential)
    assert answer.status_code == 201, answer.text
    return device


def test_a_challenge_of_one_server_is_answered_on_the_other_once(servers: Pair) -> None:
    first, second = servers
    name, token = signed_up(first)
    device = added(first, second, token)
    prompt = ask(first, "POST", "/auth/passkey/start").json()["publicKey"]
    credential = device.get(prompt)

    def show(server: RunningServer) -> requests.Response:
        return ask(server, "POST", "/auth/passkey/finish", credential=credential)

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(show, [first, second] * 10))
    entered = [answer.json() for answer in answers if answer.status_code == 200]
    assert [answer["profile"]["username"] for answer in entered] == [name]
    refused = [answer.json()["code"] for answer in answers if answer.status_code == 401]
    assert refused == ["ceremony_over"] * 19
    mine = ask(second, "GET", "/profiles/me", entered[0]["accessToken"])
    assert mine.json()["username"] == name


def test_what_is_added_on_one_server_ends_sessions_on_the_other(servers: Pair) -> None:
    first, second = servers
    name, token = signed_up(first)
    other = ask(second, "POST", "/auth/login", login=name, password=PASSWORD).json()["accessToken"]
    assert ask(second, "GET", "/profiles/me", other).status_code == 200
    added(first, first, token)
    assert ask(second, "GET", "/profiles/me", other).status_code == 401
    assert ask(second, "GET", "/profiles/me", token).status_code == 200


def test_a_removed_passkey_enters_on_neither(servers: Pair) -> None:
    first, second = servers
    _, token = signed_up(first)
    device = added(first, second, token)
    passkey = ask(second, "GET", "/profiles/me/passkeys", token).json()["items"][0]
    address = f"/profiles/me/passkeys/{passkey['id']}"
    assert ask(second, "DELETE", address, token).status_code == 204
    for server in servers:
        prompt = ask(server, "POST", "/auth/passkey/start").json()["publicKey"]
        credential = device.get(prompt)
        answer = ask(server, "POST", "/auth/passkey/finish", credential=credential)
        assert (answer.status_code, answer.json()["code"]) == (401, "passkey_refused")
