"""Signing everybody up, once, and opening the channel."""

from stonks.entrypoints.client.api import Api, Refused
from stonks.entrypoints.client.login import Login
from stonks.entrypoints.demo import cast


class NotOurs(Exception):
    """A name of the demo belongs to somebody else here; the text is for people."""


def arrive(api: Api, username: str, full_name: str, password: str) -> Login:
    """Somebody's login; signs up who is new. Raises ``NotOurs``, ``Refused``, ``Unreachable``."""
    login = Login(api, username, password)
    try:
        login.token()
    except Refused as refusal:
        if refusal.code != "bad_credentials":
            raise
        _sign_up(api, username, full_name, password)
    return login


def _sign_up(api: Api, username: str, full_name: str, password: str) -> None:
    email = f"{username}@stonks.example"
    names = {"username": username, "fullName": full_name, "email": email}
    try:
        api.post("/auth/signup", {**names, "password": password})
    except Refused as refusal:
        if refusal.may_pass:
            raise
        raise NotOurs(f"there is no demo: {username} has another password") from refusal


def open_channel(api: Api, host: Login) -> None:
    """Open the channel of the demo, unless it is open. Raises ``NotOurs``, ``Refused``."""
    channel = {"slug": cast.SLUG, "title": cast.TITLE, "description": cast.DESCRIPTION}
    try:
        api.post("/channels", channel, token=host.token())
    except Refused as refusal:
        if refusal.status != 409:
            raise
        found = api.get(f"/channels/{cast.SLUG}")
        if found["host"]["username"] != host.name:
            raise NotOurs(f"there is no demo: {cast.SLUG} has another HOST") from refusal
