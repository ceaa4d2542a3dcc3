"""People who sign up over HTTP, as anybody would."""

import subprocess
import sys
from dataclasses import dataclass

import requests

from tests.integration.servers import RunningServer

PASSWORD = "seven green bottles"
PATIENCE = 20  # seconds that any request may take on a busy machine


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    username: str
    id: str
    token: str
    refresh_token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def sign_up(server: RunningServer, username: str) -> Person:
    body = {
        "fullName": username.title(),
        "username": username,
        "email": f"{username}@example.org",
        "password": PASSWORD,
    }
    return _person(call(server, "POST", "/auth/signup", json=body))


def log_in(server: RunningServer, username: str) -> Person:
    body = {"login": username, "password": PASSWORD}
    return _person(call(server, "POST", "/auth/login", json=body))


def open_channel(server: RunningServer, slug: str, host: Person) -> str:
    """The room of a new channel's live chat."""
    body = {"slug": slug, "title": f"About {slug}"}
    answer = call(server, "POST", "/channels", json=body, person=host)
    return str(answer.json()["room"])


def grant_staff(server: RunningServer, username: str) -> None:
    _staff(server, "grant", username)


def revoke_staff(server: RunningServer, username: str) -> None:
    _staff(server, "revoke", username)


def _staff(server: RunningServer, command: str, username: str) -> None:
    """By the real command, on the same settings as the server's."""
    subprocess.run(
        [sys.executable, "-m", "stonks", "staff", command, username],
        env={**server.environ},
        cwd=server.log.parent,
        check=True,
        capture_output=True,
        timeout=30,
    )


def call(
    server: RunningServer,
    method: str,
    path: str,
    *,
    person: Person | None = None,
    expected: tuple[int, ...] = (200, 201, 204),
    **rest: object,
) -> requests.Response:
    """A request to the API that must be answered by one of ``expected``."""
    headers = person.headers if person else {}
    answer = requests.request(
        method, f"{server.url}/api/v1{path}", headers=headers, timeout=PATIENCE, **rest
    )
    assert answer.status_code in expected, (method, path, answer.status_code, answer.text)
    return answer


def history(
    server: RunningServer, slug: str, person: Person | None = None
) -> list[dict[str, object]]:
    """The newest entries of a channel's log."""
    answer = call(server, "GET", f"/channels/{slug}/messages?limit=100", person=person)
    items: list[dict[str, object]] = answer.json()["items"]
    return items


def whole_log(server: RunningServer, slug: str) -> list[dict[str, object]]:
    """Every entry of a channel's log, from the first."""
    entries: list[dict[str, object]] = []
    path = f"/channels/{slug}/messages?limit=100"
    where = "&after=0"
    while where:
        page = call(server, "GET", path + where).json()
        entries += page["items"]
        where = f"&cursor={page['nextCursor']}" if page["nextCursor"] else ""
    return entries


def _person(answer: requests.Response) -> Person:
    said = answer.json()
    profile = said["profile"]
    return Person(profile["username"], profile["id"], said["accessToken"], said["refreshToken"])
