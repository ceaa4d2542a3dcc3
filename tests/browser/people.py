"""People at the other end, who use the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

PASSWORD = "four teapots on a tram"


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody signed up over HTTP."""

    api: str
    username: str
    token: str

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.post(self.api + path, json=body, headers=headers, timeout=10)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def put(self, path: str) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.put(self.api + path, headers=headers, timeout=10)
        assert answer.ok, answer.text

    def open(self, slug: str, title: str) -> None:
        self.post("/channels", {"slug": slug, "title": title})

    def say(self, slug: str, text: str) -> int:
        """The ``seq`` of a message; 0 for a command."""
        return int(self.post(f"/channels/{slug}/messages", {"text": text}).get("seq", 0))


def someone(url: str, username: str) -> Someone:
    names = {"username": username, "fullName": username, "email": f"{username}@example.com"}
    api = f"{url}/api/v1"
    answer = requests.post(f"{api}/auth/signup", json={**names, "password": PASSWORD}, timeout=10)
    assert answer.ok, answer.text
    return Someone(api, username, answer.json()["accessToken"])
