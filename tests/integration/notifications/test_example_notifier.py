"""The example of a notifier, as its page says: installed, chosen by a setting, and used."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from shutil import copy

import pytest

from tests.integration.servers import Servers
from tests.integration.sockets.people import call, sign_up

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "notifier-command"
PAGE = ROOT / "docs" / "writing-an-adapter.md"
SENDS = """
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import read_settings
from tests.contracts.notifiers import delivery
notifiers = Container(settings=read_settings()).notifiers()
with notifiers["command"].sending() as send:
    print(list(notifiers), send(delivery()).verdict)
"""


def installed(example: Path, folder: Path) -> Path:
    """What pip makes of the package, without an index that has its build tools."""
    project = tomllib.loads((example / "pyproject.toml").read_text())
    about, modules = project["project"], project["tool"]["setuptools"]["py-modules"]
    for module in modules:
        copy(example / f"{module}.py", folder)
    info = folder / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir()
    names = f"Name: {about['name']}\nVersion: {about['version']}\n"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{names}")
    points = about["entry-points"]["stonks.notifiers"]
    lines = [f"{name} = {target}" for name, target in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[stonks.notifiers]", *lines, ""]))
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return installed(EXAMPLE, folder)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """What the operator's program wrote down."""
    return tmp_path / "told"


def chosen(site: Path, told: Path, folder: Path) -> Mapping[str, str]:
    """Variables with which it is found and chosen."""
    program = folder / "tell"
    program.write_text(f"#!/bin/sh\nexec cat >> {told}\n")
    program.chmod(0o755)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{site}:{ROOT}:{ROOT / 'src'}",
        "STONKS_NOTIFIERS": "email,command",
        "NOTIFIER_COMMAND": str(program),
    }


def test_a_process_loads_it_by_its_entry_point_and_sends(
    site: Path, told: Path, tmp_path: Path
) -> None:
    memory = {"STONKS_DATABASE_URL": "memory:", "STONKS_REDIS_URL": "memory:"}
    ran = subprocess.run(
        [sys.executable, "-c", SENDS],
        env={**chosen(site, told, tmp_path), **memory},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.stdout == "['email', 'command'] sent\n", ran.stderr
    notice = json.loads(told.read_text())
    assert (notice["username"], notice["title"]) == ("reader1", "Mara Lindqvist is live")


def test_a_server_offers_its_way_in_preferences(
    serve: Servers, site: Path, told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in chosen(site, told, tmp_path).items():
        monkeypatch.setenv(name, value)
    server = serve(notifiers="email,command")
    mara = sign_up(server, "mara")
    change = {"new_follower": {"command": True}}
    call(server, "PUT", "/notifications/preferences", person=mara, json=change)
    holding = call(server, "GET", "/notifications/preferences", person=mara).json()
    assert holding["new_follower"] == {"inApp": True, "email": False, "command": True}


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
