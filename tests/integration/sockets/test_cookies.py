"""A browser's cookie opens sockets that are signed in, and its end closes them everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
import requests

from tests.integration.servers import RunningServer
from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import PASSWORD, PATIENCE
from tests.integration.sockets.raw import RawClient
from tests.integration.sockets.stage import HERE, Stage

numbers = count(1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whose browser is signed in."""

    username: str
    cookie: str
    csrf: str

    def ask(
        self, server: RunningServer, method: str, path: str, expected: int = 204, **rest: Any
    ) -> requests.Response:
        headers = self.headers(server) | {"X-CSRF-Token": self.csrf}
        url = f"{server.url}/api/v1{path}"
        answer = requests.request(method, url, headers=headers, timeout=PATIENCE, **rest)
        assert answer.status_code == expected, (path, answer.status_code, answer.text)
        return answer

    def headers(self, server: RunningServer) -> dict[str, str]:
        return {"Cookie": self.cookie, "Origin": server.url}

    def socket(self, server: RunningServer, path: str = "/ws") -> Client:
        shown = {"Cookie": self.cookie}
        return Client(server, path, additional_headers=shown, origin=server.url)


def enter(server: RunningServer, path: str, body: Mapping[str, str]) -> Visitor:
    headers = {"Stonks-Session": "cookie", "Origin": server.url}
    url = f"{server.url}/api/v1{path}"
    answer = requests.post(url, json=dict(body), headers=headers, timeout=PATIENCE)
    assert answer.ok, answer.text
    cookie = "; ".join(f"{one.name}={one.value}" for one in answer.cookies)
    said = answer.json()
    return Visitor(said["profile"]["username"], cookie, said["csrfToken"])


def log_in(server: RunningServer, username: str) -> Visitor:
    return enter(server, "/auth/login", {"login": username, "password": PASSWORD})


@pytest.fixture
def visitor(stage: Stage) -> Visitor:
    name = f"visitor{next(numbers)}"
    names = {"fullName": name, "username": name, "email": f"{name}@example.org"}
    return enter(stage.here, "/auth/signup", names | {"password": PASSWORD})


def test_a_cookie_of_one_server_signs_a_socket_in_on_the_other(
    stage: Stage, visitor: Visitor
) -> None:
    with visitor.socket(stage.there, HERE) as client:
        assert client.until(type="authenticated")["username"] == visitor.username
        assert client.subscribed["you"]["username"] == visitor.username
        assert client.ask(stage.room, "let in by a cookie")["type"] == "ack"


def test_a_logout_closes_its_sockets_on_the_other_server(stage: Stage, visitor: Visitor) -> None:
    with visitor.socket(stage.there) as client:
        client.until(type="authenticated")
        visitor.ask(stage.here, "POST", "/auth/logout", json={})
        assert client.closed(AT_ONCE) == 4001
    with visitor.socket(stage.there) as client:
        client.send(type="ping")
        client.until(type="pong")
        assert not [frame for frame in client.unasked if frame["type"] == "authenticated"]


def test_ending_another_session_closes_its_sockets_and_no_others(
    stage: Stage, visitor: Visitor
) -> None:
    other = log_in(stage.here, visitor.username)
    with visitor.socket(stage.there) as mine, other.socket(stage.there) as theirs:
        mine.until(type="authenticated")
        theirs.until(type="authenticated")
        items = visitor.ask(stage.here, "GET", "/auth/sessions", 200).json()["items"]
        (id_,) = (item["id"] for item in items if not item["current"])
        visitor.ask(stage.here, "DELETE", f"/auth/sessions/{id_}")
        assert theirs.closed() == 4001
        mine.send(type="ping")
        assert mine.until(type="pong")
    other.ask(stage.there, "GET", "/profiles/me", 401)
    visitor.ask(stage.there, "GET", "/profiles/me", 200)


@pytest.mark.parametrize("way", ["all others", "password"])
def test_whatever_ends_all_others_closes_their_sockets(
    stage: Stage, visitor: Visitor, way: str
) -> None:
    others = [log_in(stage.here, visitor.username) for _ in range(2)]
    clients = [
        one.socket(server) for one, server in zip(others, (stage.here, stage.there), strict=True)
    ]
    with visitor.socket(stage.there) as mine:
        mine.until(type="authenticated")
        for client in clients:
            client.until(type="authenticated")
        if way == "all others":
            visitor.ask(stage.here, "DELETE", "/auth/sessions")
        else:
            body = {"password": "nine kettles under the bridge"}
            visitor.ask(stage.here, "POST", "/profiles/me/password", json=body)
        assert [client.closed() for client in clients] == [4001, 4001]
        mine.send(type="ping")
        assert mine.until(type="pong")
    for one, server in zip(others, (stage.here, stage.there), strict=True):
        one.ask(server, "GET", "/profiles/me", 401)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_cross_site_sockets_are_refused_before_the_upgrade_whatever_the_cookie(
    stage: Stage, visitor: Visitor, origin: str
) -> None:
    with RawClient(stage.there, headers={"Cookie": visitor.cookie, "Origin": origin}) as raw:
        assert (raw.status, raw.problem["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("kind", ["no page", "anonymous", "unknown"])
def test_a_socket_is_anonymous_where_no_page_shows_a_good_cookie(
    stage: Stage, visitor: Visitor, kind: str
) -> None:
    headers = visitor.headers(stage.there)
    if kind == "no page":
        del headers["Origin"]
    if kind == "unknown":
        headers["Cookie"] = "__Host-stonks=nobody-was-given-this"
    path = "/ws?anonymous=1" if kind == "anonymous" else "/ws"
    with RawClient(stage.there, path, headers) as raw:
        raw.until(type="hello")
        raw.say(type="send", room=stage.room, text="as whom?", nonce="1")
        assert raw.until(type="error")["code"] == "unauthenticated"
