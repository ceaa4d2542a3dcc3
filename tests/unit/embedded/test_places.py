"""Where the embedded stores keep things, for any folder that people choose."""

import socket
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import make_url

from stonks.adapters.embedded import places

FOLDERS = [
    Path(folder)
    for folder in ("/srv/stonks", "/home/al ice/ünï/100%/a@b:c", "/x" + "/deep" * 40, "/a,b")
]


@pytest.mark.parametrize("var", FOLDERS)
@pytest.mark.parametrize("store", ["postgres", "valkey"])
def test_a_socket_has_room_for_its_name(var: Path, store: str) -> None:
    folder = places.sockets(var, store)
    longest = f"{folder}/.s.PGSQL.5432.lock".encode()
    assert len(longest) < 104  # macOS, the shortest
    assert "," not in str(folder)  # PostgreSQL would take it for two folders


@pytest.mark.parametrize("var", FOLDERS)
def test_drivers_read_the_addresses_back(var: Path) -> None:
    database = make_url(places.database_url(var))
    assert database.query["host"] == str(places.sockets(var, "postgres"))
    assert database.database == places.DATABASE
    redis = Redis.from_url(places.redis_url(var))
    assert redis.connection_pool.connection_kwargs["path"] == str(places.valkey_socket(var))


def test_long_folders_do_not_meet() -> None:
    long = Path("/x" + "/deep" * 40)
    assert places.sockets(long / "a", "postgres") != places.sockets(long / "b", "postgres")
    assert places.sockets(long, "postgres") != places.sockets(long, "valkey")


def test_the_longest_folder_that_stays_can_be_bound(tmp_path: Path) -> None:
    folder = places.sockets(tmp_path, "valkey")
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "valkey.sock"))
    (folder / "valkey.sock").unlink()
