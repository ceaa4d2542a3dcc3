"""Who gets in, asked before the upgrade."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from stonks.adapters.redis.tickets import RedisTickets
from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.sockets.origin import is_welcome
from tests.contracts.town import Town

HANDSHAKE = {
    "Host": "localhost:8000",
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
ALLOWED = ("https://chat.example", "https://friend.example")
FOREIGN = [
    "null",
    "",
    "https://evil.example",
    "http://localhost:8001",
    "https://localhost:8000",
    "http://localhost.evil.example:8000",
    "http://localhost:8000.evil.example",
    "http://evil.example/http://localhost:8000",
    "http://user@localhost:8000",
    "http://localhost:8000/path",
    "http://localhost:8000#",
    "http://localhost:8000, http://evil.example",
    "http://localhost:notaport",
    "http://xn--lcalhost-95a:8000",
    "file://",
]


@pytest.fixture(scope="module")
def container(memory_settings: Settings) -> Container:
    return Container(settings=memory_settings)


@pytest.fixture(scope="module")
def client(container: Container) -> FlaskClient:
    client = create_app(container).test_client()
    client.environ_base["gunicorn.socket"] = None  # nobody here gets as far as using it
    return client


@pytest.mark.parametrize("path", ["/ws", "/ws/channels/garden"])
def test_a_plain_request_is_told_to_upgrade(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 426
    assert answer.headers["Upgrade"] == "websocket"
    assert answer.json["code"] == "upgrade_required"


def test_another_version_is_told_which_one(client: FlaskClient) -> None:
    answer = client.get("/ws", headers={**HANDSHAKE, "Sec-WebSocket-Version": "8"})
    assert answer.status_code == 426
    assert answer.headers["Sec-WebSocket-Version"] == "13"


@pytest.mark.parametrize("key", ["", "short", "!" * 24, "dGhlIHNhbXBsZSBub25jZQ"])
def test_a_key_that_is_none_is_refused(client: FlaskClient, key: str) -> None:
    answer = client.get("/ws", headers={**HANDSHAKE, "Sec-WebSocket-Key": key})
    assert (answer.status_code, answer.json["code"]) == (400, "bad_handshake")


@pytest.mark.parametrize("origin", FOREIGN)
def test_foreign_origins_are_refused(client: FlaskClient, origin: str) -> None:
    answer = client.get("/ws", headers={**HANDSHAKE, "Origin": origin})
    assert (answer.status_code, answer.json["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        (None, "localhost:8000", "http"),
        (None, "evil.example", "http"),
        ("http://localhost:8000", "localhost:8000", "http"),
        ("http://LOCALHOST:8000", "localhost:8000", "http"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", "http"),
        ("http://[::1]:8000", "[::1]:8000", "http"),
        ("http://localhost:8000", "127.0.0.1:8000", "http"),
        ("http://localhost", "localhost:80", "http"),
        ("https://chat.example", "127.0.0.1:8000", "http"),
        ("https://chat.example", "chat.example", "https"),
        ("https://chat.example:443", "chat.example", "https"),
        ("https://friend.example", "chat.example", "https"),
    ],
)
def test_pages_of_this_site_and_of_its_friends_are_welcome(
    origin: str | None, host: str, scheme: str
) -> None:
    assert is_welcome(origin, host=host, scheme=scheme, allowed=ALLOWED)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "evil.example"),
        ("http://evil.example:8000", "evil.example:8000"),
        ("http://localhost:8000", "evil.example:8000"),
        ("http://evil.example:8000", "localhost:8000"),
        ("http://localhost.evil.example:8000", "localhost.evil.example:8000"),
        ("http://192.168.1.5:8000", "192.168.1.5:8000"),
        ("http://127.0.0.1:8001", "127.0.0.1:8000"),
        ("http://127.0.0.1:8000", "user@127.0.0.1:8000"),
        ("http://127.0.0.1:8000", ""),
        ("http://chat.example", "chat.example"),
    ],
)
def test_a_name_that_somebody_pointed_here_makes_no_page_welcome(origin: str, host: str) -> None:
    assert not is_welcome(origin, host=host, scheme="http", allowed=ALLOWED)


def test_an_unknown_channel_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/ws/channels/nowhere", headers=HANDSHAKE)
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_channel")


def test_a_server_without_sockets_says_so(app: Flask) -> None:
    answer = app.test_client().get("/ws", headers=HANDSHAKE)
    assert (answer.status_code, answer.json["code"]) == (501, "no_sockets")


@pytest.fixture(scope="module")
def garden(container: Container) -> None:
    town = Town(container, container.now())
    town.channel("garden", town.person("ada"))


@pytest.mark.usefixtures("garden")
@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "9" * 20, "٣"])
def test_a_position_that_is_none_is_refused(client: FlaskClient, after: str) -> None:
    answer = client.get("/ws/channels/garden", headers=HANDSHAKE, query_string={"after": after})
    assert (answer.status_code, answer.json["code"]) == (400, "bad_after")


def signed_in(container: Container) -> str:
    """A ticket of somebody's."""
    number = len(container.identity_tables().sessions.where(lambda row: True))
    person, at = Town(container, container.now()).person(f"grace{number}"), container.now()()
    with container.begin_identity()() as work:
        container.grants().open(work, person, "a device", at)
    (session,) = container.identity_tables().sessions.where(lambda row: row.profile_id == person)
    return container.issue_ticket()(session_id=session.id)


def enter(client: FlaskClient, ticket: str, path: str = "/ws", **more: str) -> tuple[int, str]:
    query = {"ticket": ticket, **more}
    answer = client.get(path, headers=HANDSHAKE, query_string=query)
    return answer.status_code, answer.json["code"]


@pytest.mark.usefixtures("garden")
@pytest.mark.parametrize("path", ["/ws", "/ws/channels/garden"])
def test_a_ticket_that_is_wrong_or_used_is_refused(
    client: FlaskClient, container: Container, path: str
) -> None:
    used = signed_in(container)
    container.redeem_ticket()(ticket=used)
    for ticket in (used, "", "wrong", "é\x00", "x" * 4000):
        assert enter(client, ticket, path) == (401, "ticket_invalid")
    assert container.socket_hub().size == 0


def test_a_ticket_whose_session_ended_is_refused(client: FlaskClient, container: Container) -> None:
    ticket = signed_in(container)
    with container.begin_identity()() as work:
        for session in container.identity_tables().sessions.where(lambda row: True):
            work.sessions.end_all(session.profile_id, container.now()())
    assert enter(client, ticket) == (401, "session_ended")


@pytest.mark.usefixtures("garden")
def test_what_is_refused_for_another_reason_uses_no_ticket_up(
    client: FlaskClient, container: Container
) -> None:
    ticket = signed_in(container)
    assert enter(client, ticket, "/ws/channels/nowhere") == (404, "unknown_channel")
    assert enter(client, ticket, "/ws/channels/garden", after="x") == (400, "bad_after")
    foreign = {**HANDSHAKE, "Origin": "https://evil.example"}
    assert client.get("/ws", headers=foreign, query_string={"ticket": ticket}).status_code == 403
    assert client.get("/ws", query_string={"ticket": ticket}).status_code == 426
    assert container.redeem_ticket()(ticket=ticket).username.startswith("grace")


def test_nobody_gets_in_by_a_ticket_while_it_cannot_be_checked(memory_container: Container) -> None:
    nowhere = Redis(host="127.0.0.1", port=9, retry=Retry(NoBackoff(), 0))
    memory_container.tickets.override(RedisTickets(nowhere))
    client = create_app(memory_container).test_client()
    client.environ_base["gunicorn.socket"] = None
    assert enter(client, "a ticket") == (503, "tickets_unavailable")


@pytest.mark.parametrize("why", ["draining", "full"])
def test_who_does_not_fit_is_told_when_to_come_back(
    client: FlaskClient, container: Container, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    hub = container.socket_hub()
    if why == "draining":
        monkeypatch.setattr(hub, "is_draining", True)
    else:
        monkeypatch.setattr(hub._registry, "everybody", range(20_000))
    answer = client.get("/ws", headers=HANDSHAKE)
    assert (answer.status_code, answer.json["code"]) == (503, why)
    assert int(answer.headers["Retry-After"]) >= 1
