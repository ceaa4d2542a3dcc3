"""``stonks chat`` on a real server."""

import subprocess
from pathlib import Path

import requests

from tests.integration.demo.programs import command
from tests.integration.servers import RunningServer, Servers

PASSWORD = "four teapots on a tram"


def sign_up(server: RunningServer, username: str) -> str:
    names = {"username": username, "fullName": username, "email": f"{username}@example.com"}
    address = f"{server.url}/api/v1/auth/signup"
    answer = requests.post(address, json={**names, "password": PASSWORD}, timeout=10)
    return str(answer.json()["accessToken"])


def open_channel(server: RunningServer, slug: str) -> None:
    headers = {"Authorization": f"Bearer {sign_up(server, f'{slug}-host')}"}
    body = {"slug": slug, "title": "Here"}
    assert requests.post(f"{server.url}/api/v1/channels", json=body, headers=headers, timeout=10).ok


def chat(
    server: RunningServer, var: Path, *words: str, typed: str
) -> "subprocess.CompletedProcess[str]":
    given = command(server, var, "chat", *words)
    given["env"]["STONKS_PASSWORD"] = PASSWORD
    return subprocess.run(**given, input=typed, capture_output=True, text=True, timeout=60)


def test_what_is_typed_is_said_and_answered(serve: Servers, tmp_path: Path) -> None:
    server = serve()
    open_channel(server, "kitchen")
    said = chat(
        server,
        tmp_path,
        "kitchen",
        "--login",
        "kitchen-host",
        typed="Soup is on\n/slow 30s\n/ban @nobody-here\n",
    )
    assert said.returncode == 0
    assert "kitchen-host HOST: Soup is on" in said.stdout
    assert "slow mode is on: 30s" in said.stdout
    assert said.stderr.startswith("there is no")
    again = chat(server, tmp_path, "kitchen", "--login", "kitchen-host", typed="More?\n")
    assert "Soup is on" in again.stdout
    assert "kitchen-host turned slow mode on: 30s" in again.stdout


def test_strangers_read_and_are_told_to_sign_in(serve: Servers, tmp_path: Path) -> None:
    server = serve()
    open_channel(server, "cellar")
    said = chat(server, tmp_path, "cellar", typed="let me in\n")
    assert "sign in first" in said.stderr


def test_what_is_wrong_is_one_line(serve: Servers, tmp_path: Path) -> None:
    server = serve()
    sign_up(server, "roof")
    for words, told in (
        (("attic",), "there is no such channel"),
        (("attic", "--login", "nobody"), "the login or the password is wrong"),
        (("attic", "--url", "http://127.0.0.1:1"), "no Stonks answers at http://127.0.0.1:1"),
        (("attic", "--url", "ftp://x"), "an address reads like http://localhost:8000"),
    ):
        said = chat(server, tmp_path, *words, typed="")
        assert said.returncode == 1
        assert said.stderr == f"Error: {told}\n"
