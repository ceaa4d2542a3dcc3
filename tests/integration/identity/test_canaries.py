"""Canaries: secrets of every way in, and a search for them in all that a server wrote."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from time import monotonic, sleep

import pyotp
import requests

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, call

PATIENCE = 30  # seconds, for a mail to leave on a busy machine
FIRST, SECOND, WRONG = (
    "canary one above the harbour",
    "canary two above the harbour",
    "canary three is not the password",
)
CANARY = {
    "fullName": "Canary",
    "username": "canary",
    "email": "canary@example.org",
    "password": FIRST,
}


def test_canary_secrets_of_every_way_in_are_absent_from_all_output(
    serve: Servers, tmp_path: Path
) -> None:
    given = {"log_level": "debug", "mail_url": "files:"}
    server = serve(**given)
    behind = [serve.relay(**given), serve.worker(**given)]
    secrets = [FIRST, SECOND, WRONG]
    signed_up = call(server, "POST", "/auth/signup", json=CANARY).json()
    secrets += [signed_up["accessToken"], signed_up["refreshToken"]]
    _guess(server)
    secrets += [_reset(server, tmp_path / "var" / "mail")]
    owner, said = _log_in(server)
    secrets += [said["accessToken"], said["refreshToken"]]
    secrets += [_use_a_token(server, owner)]
    secrets += _use_a_cookie(server)
    secrets += _use_a_second_factor(server, owner)
    assert server.terminate() == 0
    output = "\n".join(each.log.read_text() for each in (server, *behind))
    assert "/api/v1/auth/password/reset" in output, "this is the log"
    assert "/api/v1/auth/login/2fa" in output
    assert [secret for secret in secrets if not secret or secret in output] == []


def _guess(server: RunningServer) -> None:
    for body in (
        {"login": "canary", "password": WRONG},
        {"login": WRONG, "password": WRONG},
        {"login": "canary", "password": WRONG, WRONG: WRONG},
        {"login": "canary", "password": [WRONG]},
    ):
        call(server, "POST", "/auth/login", json=body, expected=(401, 422))


def _reset(server: RunningServer, mails: Path) -> str:
    """The token of a link that was mailed and used."""
    asked = {"email": CANARY["email"]}
    call(server, "POST", "/auth/password/forgot", json=asked, expected=(202, 204))
    token = _mailed(mails, "/reset")
    body = {"token": token, "password": SECOND}
    call(server, "POST", "/auth/password/reset", json=body)
    call(server, "POST", "/auth/password/reset", json=body, expected=(401, 409, 410, 422))
    return token


def _mailed(mails: Path, path: str) -> str:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        for file in mails.glob("**/*.eml"):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            text = message.get_body(("plain",))
            found = re.search(rf"{path}\S*#token=([\w-]+)", text.get_content() if text else "")
            if found:
                return found[1]
        sleep(0.1)
    raise AssertionError(f"no mail with a link to {path} in {list(mails.glob('**/*'))}")


def _log_in(server: RunningServer) -> tuple[Person, dict[str, str]]:
    body = {"login": "canary", "password": SECOND}
    said = call(server, "POST", "/auth/login", json=body).json()
    person = Person("canary", said["profile"]["id"], said["accessToken"], said["refreshToken"])
    return person, said


def _use_a_token(server: RunningServer, owner: Person) -> str:
    body = {"name": "Bot", "scopes": ["chat:write"]}
    made = call(server, "POST", "/profiles/me/tokens", person=owner, json=body).json()
    token: str = made["token"]
    program = Person("canary", owner.id, token, "")
    with Client(server, person=program) as client:
        client.send(type="authenticate", token=token, extra=token)
        client.until(type="error", code="bad_frame")
        client.send(type="authenticate", token=token[:-1])
        client.until(type="error", code="token_invalid")
    call(server, "GET", "/profiles/me", person=program, expected=(403,))
    call(server, "DELETE", f"/profiles/me/tokens/{made['id']}", person=owner)
    call(server, "GET", "/profiles/me", person=program, expected=(401,))
    return token


def _use_a_cookie(server: RunningServer) -> list[str]:
    body = {"login": "canary", "password": SECOND}
    session = {"Stonks-Session": "cookie", "Origin": server.url}
    answer = requests.post(
        f"{server.url}/api/v1/auth/login", json=body, headers=session, timeout=PATIENCE
    )
    assert answer.status_code == 200, answer.text
    values = [cookie.value for cookie in answer.cookies if cookie.value]
    assert values
    return values


def _use_a_second_factor(server: RunningServer, owner: Person) -> list[str]:
    started = call(server, "POST", "/profiles/me/2fa", person=owner).json()
    app = pyotp.TOTP(started["secret"])
    code = {"code": app.now()}
    codes = call(server, "POST", "/profiles/me/2fa/confirm", person=owner, json=code).json()
    recovery = codes["recoveryCodes"]
    body = {"login": "canary", "password": SECOND}
    half = call(server, "POST", "/auth/login", json=body).json()["mfaToken"]
    for tried, expected in (("canary-code", (401, 422)), (recovery[0], (200,))):
        sent = {"mfaToken": half, "code": tried}
        call(server, "POST", "/auth/login/2fa", json=sent, expected=expected)
    return [started["secret"], half, *recovery]
