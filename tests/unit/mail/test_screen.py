"""What an operator is told about mail."""

from pathlib import Path

import pytest

from stonks.adapters.embedded import places
from stonks.entrypoints.diagnosis.mail import look_at_mail
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.supervision.screen import start_screen


def settings(var: Path, **changes: str) -> Settings:
    given = {
        "database_url": places.database_url(var),
        "public_url": "http://localhost:8000",
        "mail_url": "files:",
        "mail_from": "Stonks <noreply@localhost>",
    } | changes
    return Settings(var=var, demo=False, **given)  # type: ignore[arg-type]


def test_a_newcomer_is_told_where_to_read_it(tmp_path: Path) -> None:
    assert "http://localhost:8000/dev/mail" in start_screen(settings(tmp_path))


def test_where_it_leaves_is_told_without_the_password(tmp_path: Path) -> None:
    screen = start_screen(settings(tmp_path, mail_url="smtp://me:hunter2@mail.example"))
    assert "mail.example" in screen
    assert "hunter2" not in screen
    assert "/dev/mail" not in screen


def test_other_ways_are_told(tmp_path: Path) -> None:
    assert "goes nowhere" in start_screen(settings(tmp_path, mail_url="memory:"))
    away = settings(tmp_path, database_url="postgresql://db/stonks")
    assert str(tmp_path / "mail") in start_screen(away)


@pytest.mark.parametrize(
    ("argv0", "typed"),
    [
        ("/lib/stonks/__main__.py", "python -m stonks"),
        (str(Path("bin/stonks").absolute()), "bin/stonks"),
    ],
)
def test_a_newcomer_is_told_what_to_type(
    argv0: str, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [argv0, "up"])
    assert f" {typed} staff grant USERNAME" in start_screen(settings(tmp_path))


def test_a_doctor_finds_mail_that_goes_nowhere(tmp_path: Path) -> None:
    (unset,) = look_at_mail(settings(tmp_path, mail_url=""))
    (files,) = look_at_mail(settings(tmp_path))
    (gone,) = look_at_mail(settings(tmp_path, mail_url="smtp://127.0.0.1:1"))
    assert [found.is_well for found in (unset, files, gone)] == [False, True, False]
    assert "STONKS_MAIL_URL" in gone.mend
