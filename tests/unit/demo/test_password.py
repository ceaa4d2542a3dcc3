"""The password of the demo's accounts."""

import stat
from pathlib import Path

from stonks.entrypoints.demo.password import demo_password


def test_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = demo_password(tmp_path)
    assert len(first) == 19
    assert demo_password(tmp_path) == first
    mode = (tmp_path / "secrets" / "demo-password").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_never_the_same_on_two_machines(tmp_path: Path) -> None:
    assert demo_password(tmp_path / "a") != demo_password(tmp_path / "b")
