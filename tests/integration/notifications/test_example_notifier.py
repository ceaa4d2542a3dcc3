"""The example of a notifier, as its page says: installed, chosen by a setting, and used."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import pytest

from stonks.domain.ids import ProfileId
from tests.integration.notifications.crowd import Follower, new_crowd
from tests.integration.notifications.tally import trace
from tests.integration.notifications.works import working
from tests.integration.servers import Servers
from tests.integration.sockets.people import call, sign_up

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "notifier-command"
PAGE = ROOT / "docs" / "writing-an-adapter.md"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q")
FROM_HERE = ("--no-index", "--no-deps", "--no-build-isolation")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pip installed the package, beside Stonks."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run([*PIP, *FROM_HERE, "--target", str(folder), str(EXAMPLE)], check=True)
    return folder


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """What the operator's program wrote down."""
    return tmp_path / "told"


def chosen(site: Path, told: Path, folder: Path) -> Mapping[str, str]:
    """Variables with which it is found and chosen."""
    program = folder / "tell"
    program.write_text(f"#!/bin/sh\ncat >> {told}\necho >> {told}\n")
    program.chmod(0o755)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{site}:{ROOT}:{ROOT / 'src'}",
        "STONKS_NOTIFIERS": "email,command",
        "NOTIFIER_COMMAND": str(program),
    }


def test_a_server_offers_its_way_and_a_worker_tells_by_it(
    postgres_url: str,
    redis_url: str,
    private_key: str,
    site: Path,
    told: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in chosen(site, told, tmp_path).items():
        monkeypatch.setenv(name, value)
    stores, ways = (postgres_url, redis_url), "email,command"
    with working(*stores, private_key, tmp_path, servers=1, notifiers=ways) as works:
        crowd = new_crowd(works)
        reader = sign_up(works.here, "reader")
        call(works.here, "PUT", f"/profiles/{crowd.host.username}/follow", person=reader)
        preferences = "/notifications/preferences"
        change = {"stream_started": {"command": True, "email": False}}
        call(works.here, "PUT", preferences, person=reader, json=change)
        holding = call(works.here, "GET", preferences, person=reader).json()
        assert holding["stream_started"] == {"inApp": True, "email": False, "command": True}
        notice = crowd.go_live("Ålesund by night")
        works.settle()
        follower = Follower(ProfileId(UUID(reader.id)), "reader", "told by a program")
        assert trace(works, follower, notice)["command"][0] == "sent"
    (line,) = told.read_text().splitlines()
    heard = json.loads(line)
    assert (heard["username"], heard["kind"]) == ("reader", "stream_started")
    assert heard["title"] == f"{crowd.host.username.title()} is live"
    assert (heard["body"], heard["url"]) == (
        "Ålesund by night",
        f"http://localhost:8000/c/{crowd.slug}",
    )


def test_a_server_does_not_start_with_a_notifier_that_is_not_there(
    serve: Servers, site: Path, told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in chosen(site, told, tmp_path).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(AssertionError, match="STONKS_NOTIFIERS: there is no pigeon; installed are"):
        serve(notifiers="email,pigeon")
    monkeypatch.delenv("NOTIFIER_COMMAND")
    with pytest.raises(AssertionError, match="command cannot be made: NOTIFIER_COMMAND names"):
        serve(notifiers="email,command")


def test_it_keeps_the_contract_of_all_notifiers(tmp_path: Path) -> None:
    quietly = ("-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(EXAMPLE))
    ran = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", *quietly, str(EXAMPLE)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{EXAMPLE}:{ROOT}:{ROOT / 'src'}",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout
    passed = re.search(r"(\d+) passed", ran.stdout)
    assert passed
    assert int(passed[1]) >= 18


def test_the_page_shows_the_example_as_it_is() -> None:
    page = PAGE.read_text()
    module = (EXAMPLE / "stonks_notifier_command.py").read_text()
    assert f"```python\n# stonks_notifier_command.py\n{module}```" in page
    entry = '[project.entry-points."stonks.notifiers"]\ncommand = "stonks_notifier_command:make"\n'
    assert entry in (EXAMPLE / "pyproject.toml").read_text()
    assert f"```toml\n{entry}```" in page
