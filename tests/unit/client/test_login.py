"""Signing in from a terminal, with and without a second factor."""

from collections.abc import Mapping
from typing import Any

import pytest

from stonks.entrypoints.client.api import Api, Refused
from stonks.entrypoints.client.login import Login

TOKENS = {"accessToken": "access", "refreshToken": "refresh", "expiresIn": 900}
HALF = {"mfaRequired": True, "mfaToken": "half", "ways": ["totp"], "expiresIn": 600}


class Door(Api):
    """Answers what it was told to, and keeps what was asked."""

    def __init__(self, **answers: Mapping[str, Any]) -> None:
        super().__init__("http://localhost:1")
        object.__setattr__(self, "answers", answers)
        object.__setattr__(self, "asked", [])

    def post(self, path: str, body: Mapping[str, object], *, token: str | None = None) -> Any:
        self.asked.append((path, dict(body)))  # type: ignore[attr-defined]
        return self.answers[path.rpartition("/")[2].replace("2fa", "second")]  # type: ignore[attr-defined]


def test_a_password_is_enough_where_there_is_no_second_factor() -> None:
    assert Login(Door(login=TOKENS), "mara", "secret").token() == "access"


def test_a_code_is_asked_for_where_there_is_one() -> None:
    door = Door(login=HALF, second=TOKENS)
    assert Login(door, "mara", "secret", lambda: "123456").token() == "access"
    asked = door.asked[-1]  # type: ignore[attr-defined]
    assert asked == ("/auth/login/2fa", {"mfaToken": "half", "code": "123456"})


@pytest.mark.parametrize(("half", "asks"), [(HALF, False), ({**HALF, "ways": ["passkey"]}, True)])
def test_who_cannot_be_asked_is_told_why(half: dict[str, Any], asks: bool) -> None:
    login = Login(Door(login=half), "mara", "secret", (lambda: "123456") if asks else None)
    with pytest.raises(Refused) as refusal:
        login.token()
    assert refusal.value.code == "mfa_required"
    assert not refusal.value.may_pass
