"""The notifier keeps the contract of all notifiers, run from a checkout of Stonks."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from stonks_notifier_command import CommandNotifier, make
from tests.contracts.notifiers import ReachingNotifierContract, delivery
from tests.contracts.tools import tools

from stonks.application.notifications.notifier import Notifier, Outcome, Verdict

APPENDS = """
import sys
told = sys.stdin.buffer.read() + b"\\n"
with open(sys.argv[1], "ab", buffering=0) as file:
    file.write(told)
sys.exit(int(sys.argv[2]))
"""


def notifier_of(folder: Path, code: int = 0) -> CommandNotifier:
    """One whose program adds a line to a file, and ends with ``code``."""
    program = folder / "appends.py"
    program.write_text(APPENDS)
    command = f"{sys.executable} -S -E {program} {folder / 'told'} {code}"
    return make(tools(environ={"NOTIFIER_COMMAND": command, "PATH": "/usr/bin", "SECRET": "x"}))


class TestCommandNotifier(ReachingNotifierContract):
    @pytest.fixture
    def notifier(self, tmp_path: Path) -> Notifier:
        self.told = tmp_path / "told"
        return notifier_of(tmp_path)

    @pytest.fixture
    def away(self, notifier: Notifier) -> Notifier:
        return make(tools(environ={"NOTIFIER_COMMAND": "/no/such/program"}))

    def arrived(self) -> list[str]:
        lines = self.told.read_text().splitlines() if self.told.exists() else []
        return ["\n".join(json.loads(line).values()) for line in lines]

    def test_the_program_reads_all_that_it_needs(self, notifier: Notifier) -> None:
        given = self.of()
        with notifier.sending() as send:
            send(given)
        told = json.loads(self.told.read_text())
        assert (told["username"], told["email"]) == ("reader1", "reader1@example.org")
        assert told["url"] == "https://stonks.example/c/night-trades"
        assert given.recipient.profile_id.hex in told["unsubscribe"]


@pytest.mark.parametrize(
    ("code", "verdict"),
    [(0, Verdict.SENT), (75, Verdict.LATER), (67, Verdict.REFUSED), (1, Verdict.REFUSED)],
)
def test_the_exit_code_is_the_verdict(tmp_path: Path, code: int, verdict: Verdict) -> None:
    with notifier_of(tmp_path, code).sending() as send:
        assert send(delivery()).verdict is verdict


def test_a_program_that_does_not_end_may_have_told_them(tmp_path: Path) -> None:
    program = tmp_path / "hangs.py"
    program.write_text("import time; time.sleep(60)")
    hanging = make(tools(environ={"NOTIFIER_COMMAND": f"{sys.executable} -S -E {program}"}))
    with replace(hanging, seconds=0.2).sending() as send:
        assert send(delivery()) == Outcome(Verdict.REFUSED, "command_too_slow")


def test_the_program_gets_no_secrets(tmp_path: Path) -> None:
    assert notifier_of(tmp_path).environ == {"PATH": "/usr/bin"}


def test_without_a_program_there_is_no_notifier() -> None:
    with pytest.raises(ValueError, match="NOTIFIER_COMMAND"):
        make(tools())
