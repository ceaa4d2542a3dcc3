"""Notifiers are found by entry points."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from stonks.adapters.notifiers import Unusable, load_notifiers
from stonks.adapters.notifiers.email import EmailNotifier
from stonks.adapters.notifiers.memory import MemoryNotifier
from stonks.application.notifications.notifier import Notifier
from stonks.entrypoints.container import Container
from stonks.entrypoints.diagnosis.notifiers import look_at_notifiers
from stonks.entrypoints.notifying import check_notifiers
from stonks.entrypoints.settings import BadSetting, Settings, read_settings
from tests.contracts.tools import tools

PLUGIN = """
from stonks.adapters.notifiers.memory import MemoryNotifier
def pigeon(tools): return MemoryNotifier("pigeon")
def twin(tools): return MemoryNotifier("email")
def inbox(tools): return MemoryNotifier("inApp")
def shout(tools): return MemoryNotifier("Not A Way")
def broken(tools): raise RuntimeError("PIGEON_LOFT is required")
"""
POINTS = """[stonks.notifiers]
pigeon = flock_of_plugins:pigeon
twin = flock_of_plugins:twin
inbox = flock_of_plugins:inbox
shout = flock_of_plugins:shout
broken = flock_of_plugins:broken
absent = flock_of_plugins:absent
away = no_such_module_at_all:make
"""


@pytest.fixture
def flock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with notifiers, as pip lays it out."""
    (tmp_path / "flock_of_plugins.py").write_text(PLUGIN)
    info = tmp_path / "flock_of_plugins-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: flock-of-plugins\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(tmp_path)


def ways(*names: str) -> Mapping[str, Notifier]:
    return load_notifiers(names, tools(apprise_url="json://127.0.0.1/{username}"))


def test_all_that_come_with_stonks_are_installed() -> None:
    names = ("apprise", "console", "email", "memory")
    assert set(ways(*names)) == set(names)


def test_none_need_be_chosen() -> None:
    assert ways() == {}


def test_a_package_brings_a_way_of_its_own(flock: None) -> None:
    found = ways("email", "pigeon")
    assert list(found) == ["email", "pigeon"]
    assert isinstance(found["pigeon"], MemoryNotifier)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("smoke",), "there is no smoke; installed are"),
        (("email", "twin"), "twin brings the way email, which is there already"),
        (("inbox",), "inbox brings a way that may not be called 'inApp'"),
        (("shout",), "shout brings a way that may not be called 'Not A Way'"),
        (("broken",), "broken cannot be made: PIGEON_LOFT is required"),
        (("absent",), "absent cannot be made"),
        (("away",), "away cannot be made: No module named"),
    ],
)
def test_a_choice_that_cannot_work_says_which_and_why(
    flock: None, names: tuple[str, ...], told: str
) -> None:
    with pytest.raises(Unusable, match=told):
        ways(*names)


def test_a_setting_chooses(memory_settings: Settings, flock: None) -> None:
    container = Container(settings=replace(memory_settings, notifiers=("email", "pigeon")))
    assert container.ways() == ["inApp", "email", "pigeon"]
    assert isinstance(container.notifiers()["email"], EmailNotifier)


def test_a_wrong_setting_names_the_variable(memory_settings: Settings, flock: None) -> None:
    for names in (("smoke",), ("broken",)):
        settings = replace(memory_settings, notifiers=names)
        with pytest.raises(BadSetting, match="STONKS_NOTIFIERS: .*" + names[0]):
            Container(settings=settings).notifiers()
    with pytest.raises(BadSetting, match="STONKS_NOTIFIERS: there is no smoke; installed are"):
        check_notifiers(replace(memory_settings, notifiers=("smoke",)))


@pytest.mark.parametrize("written", ["email,email", "Email", "email;console", "a b"])
def test_what_is_no_list_of_names_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(BadSetting, match="STONKS_NOTIFIERS takes names"):
        read_settings({"STONKS_NOTIFIERS": written}, dotenv=tmp_path / "none")


def test_the_doctor_finds_a_name_that_nothing_is_installed_under(memory_settings: Settings) -> None:
    (well,) = look_at_notifiers(memory_settings)
    assert (well.is_well, well.what) == (True, "webpush, email")
    (ill,) = look_at_notifiers(replace(memory_settings, notifiers=("email", "smoke")))
    assert not ill.is_well
    assert "there is no smoke" in ill.what
