"""Avatars on real servers: shared by processes, and never read past what they may be."""

import socket
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.contracts.http import PASSWORD
from tests.contracts.pictures import picture
from tests.integration.servers import RunningServer, Servers

SECONDS = 30


def signed_up(server: RunningServer, name: str) -> dict[str, str]:
    body = {"fullName": "Mara", "username": name, "email": f"{name}@example.org"}
    answer = requests.post(
        f"{server.url}/api/v1/auth/signup", json=body | {"password": PASSWORD}, timeout=SECONDS
    )
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['accessToken']}"}


def put(server: RunningServer, headers: dict[str, str], image: bytes) -> Any:
    return requests.put(
        f"{server.url}/api/v1/profiles/me/avatar",
        files={"image": ("me.jpg", image)},
        headers=headers,
        timeout=SECONDS,
    )


@pytest.fixture
def server(serve: Servers, tmp_path: Path) -> RunningServer:
    return serve(media_url=f"folder:{tmp_path / 'pictures'}")


def test_what_one_process_takes_every_process_shows(
    server: RunningServer, serve: Servers, tmp_path: Path
) -> None:
    other = serve(media_url=f"folder:{tmp_path / 'pictures'}")
    answer = put(server, signed_up(server, "mara"), picture())
    assert answer.status_code == 200, answer.text
    path = "/media/" + answer.json()["avatar"].split("/media/")[1]
    shown = [requests.get(one.url + path, timeout=SECONDS) for one in (server, other)]
    assert [one.status_code for one in shown] == [200, 200]
    assert shown[0].content == shown[1].content
    again = requests.get(
        server.url + path, headers={"If-None-Match": shown[0].headers["ETag"]}, timeout=SECONDS
    )
    assert again.status_code == 304
    assert len(list((tmp_path / "pictures").rglob("*.webp"))) == 3


def test_an_endless_upload_is_refused_before_its_end(server: RunningServer) -> None:
    headers = signed_up(server, "endless")
    head = (
        "PUT /api/v1/profiles/me/avatar HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: {headers['Authorization']}\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    part = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as plain:
        plain.sendall(head.encode() + chunk(part))
        for _ in range(100):  # 6.25 MiB, and the end never comes
            plain.sendall(chunk(b"x" * 65_536))
        assert plain.recv(12) == b"HTTP/1.1 413"
    assert put(server, headers, picture()).status_code == 200


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"
