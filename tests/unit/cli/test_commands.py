"""The command line: each command is there, says what it does, and fails in one line."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from stonks.entrypoints.cli.main import main

COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does(name: str) -> None:
    told = CliRunner().invoke(main, [name, "--help"])
    assert told.exit_code == 0, told.output
    assert told.output.startswith("Usage:")


def test_the_ones_that_run_it_are_there() -> None:
    assert {"up", "serve", "migrate", "doctor", "settings", "keys"} <= set(COMMANDS)


def test_an_unknown_command_is_told() -> None:
    told = CliRunner().invoke(main, ["overrides"])
    assert told.exit_code == 2
    assert "No such command" in told.output


def test_a_key_is_printed_or_kept(tmp_path: Path) -> None:
    printed = CliRunner().invoke(main, ["keys"]).output
    assert printed.startswith("-----BEGIN PRIVATE KEY-----")
    kept = CliRunner().invoke(main, ["keys", "--into", str(tmp_path / "key")])
    assert kept.exit_code == 0
    assert "BEGIN" not in kept.output
    assert (tmp_path / "key").read_text().startswith("-----BEGIN PRIVATE KEY-----")
