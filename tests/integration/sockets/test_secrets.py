"""The canary: what was sent as a secret is never in a server's log."""

from tests.integration.servers import Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import PASSWORD, Person, call, log_in, sign_up
from tests.integration.sockets.raw import RawClient

WRONG_PASSWORD = "canary in a coal mine"


def test_no_password_and_no_token_is_ever_logged(serve: Servers) -> None:
    server = serve(log_level="debug")
    sign_up(server, "canary")
    person = log_in(server, "canary")
    for body in (
        {"login": "canary", "password": WRONG_PASSWORD},
        {"login": PASSWORD},
        {"login": "canary", "password": WRONG_PASSWORD, PASSWORD: PASSWORD},
    ):
        call(server, "POST", "/auth/login", json=body, expected=(401, 422))
    call(
        server, "POST", "/auth/login", data=f'{{"password": "{PASSWORD}"', expected=(400, 415, 422)
    )
    with Client(server, person=person) as client:
        for token in (person.token, person.token + "x"):
            client.send(type="authenticate", token=token, extra=token)
            client.until(type="error", code="bad_frame")
        client.send(type="authenticate", token=person.token + "x")
        client.until(type="error")
        client.socket.send(f'{{"type": "authenticate", "token": "{person.token}"')
        client.until(type="error", code="bad_frame")
    ticket = call(server, "POST", "/auth/ws-ticket", person=person).json()["ticket"]
    for status in (101, 401):
        with RawClient(server, f"/ws?ticket={ticket}") as raw:
            assert raw.status == status
    fresh = call(server, "POST", "/auth/refresh", json={"refreshToken": person.refresh_token})
    call(
        server,
        "POST",
        "/auth/refresh",
        json={"refreshToken": person.refresh_token},
        expected=(401,),
    )
    assert server.terminate() == 0
    log = server.log.read_text()
    assert "/api/v1/auth/login" in log, "this is the log"
    secrets = [
        PASSWORD,
        WRONG_PASSWORD,
        person.token,
        person.refresh_token,
        *_parts(person),
        ticket,
    ]
    secrets += [fresh.json()["accessToken"], fresh.json()["refreshToken"]]
    assert [secret for secret in secrets if secret in log] == []


def _parts(person: Person) -> list[str]:
    _, claims, signature = person.token.split(".")
    return [claims, signature]
