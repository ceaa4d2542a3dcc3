"""The commands as processes of their own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["settings", "serve", "up"])
def test_a_bad_setting_stops_each_start_with_one_line(name: str, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "stonks", name],
        env={**os.environ, "STONKS_PORT": "http"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "Error: STONKS_PORT takes a whole number from 1 to 65535\n"


@pytest.mark.skipif(not shutil.which("make"), reason="make is not here")
def test_make_tells_of_each_of_its_targets() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    declared = re.search(r"^\.PHONY: help (.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert declared
    for target in declared[1].split():
        assert f"make {target} " in told.stdout
