"""What the documents show works when it is pasted."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.integration.servers import RunningServer, Servers

ROOT = Path(__file__).parents[3]


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text(), re.M | re.S)


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the page on adapters writes, each named by its first line."""
    folder = tmp_path_factory.mktemp("pasted")
    for block in blocks("docs/writing-an-adapter.md", "python"):
        name, _, code = block.partition("\n")
        (folder / name.removeprefix("# ")).write_text(code)
    return folder


def python(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    path = {"PYTHONPATH": f"{folder}:{ROOT}:{ROOT / 'src'}", "PATH": "/usr/bin:/bin"}
    arguments = [sys.executable, *words]
    return subprocess.run(
        arguments, cwd=folder, env=path, capture_output=True, text=True, timeout=120
    )


def test_the_adapter_of_the_page_passes_its_contract(pasted: Path) -> None:
    ran = python(pasted, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_pace_on_sqlite.py")
    assert ran.returncode == 0, ran.stdout
    passed = re.search(r"(\d+) passed", ran.stdout)
    assert passed
    assert int(passed[1]) >= 9


def test_the_adapter_of_the_page_can_be_put_in(pasted: Path) -> None:
    code = """
from pathlib import Path
from pace_on_sqlite import SqlitePace
from stonks_on_sqlite import stonks
from stonks.entrypoints.keys import new_private_key
from stonks.entrypoints.settings import Settings
memory = {"database_url": "memory:", "redis_url": "memory:"}
settings = Settings(**memory, token_private_key=new_private_key())
client = stonks(settings, Path("used.db")).test_client()
names = {"fullName": "Ada", "username": "ada", "email": "ada@example.com"}
body = {**names, "password": "seven lanterns over the harbour"}
token = client.post("/api/v1/auth/signup", json=body).json["accessToken"]
asking = {"headers": {"Authorization": f"Bearer {token}"}}
client.post("/api/v1/channels", json={"slug": "first-light", "title": "First"}, **asking)
said = client.post("/api/v1/channels/first-light/messages", json={"text": "hi"}, **asking)
print(said.json["seq"], Path("used.db").stat().st_size > 0)
"""
    ran = python(pasted, "-c", code)
    assert ran.stdout.endswith("1 True\n"), ran.stderr


@contextmanager
def hands(server: RunningServer) -> Iterator[None]:
    """A relay and a worker, as ``stonks up`` has them, on the stores of a server."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "stonks", name],
            env={**server.environ},
            cwd=server.log.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in ("relay", "worker")
    ]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_the_tour_works_line_by_line(serve: Servers) -> None:
    server = serve()
    tour = "".join(block for block in blocks("README.md", "sh") if "curl" in block)
    here = tour.replace("http://localhost:8000", server.url)
    with hands(server):
        ran = subprocess.run(["sh", "-ec", here], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0
    assert '"slug":"first-light"' in ran.stdout
    assert '"title":"Planting tulips"' in ran.stdout
    assert '"way":"inApp","device":null,"state":"skipped","reason":"offline"' in ran.stdout
    assert ran.stdout.endswith('{"unread":0}')
    page = requests.get(f"{server.url}/api/v1/channels/first-light/messages", timeout=10).json()
    kinds = [entry["kind"] for entry in page["items"]]
    assert kinds == ["message", "slow_mode_changed", "stream_started"]
    assert page["items"][0]["data"] == {"text": "Hello, everybody!"}


def test_what_the_pages_point_to_is_there() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
