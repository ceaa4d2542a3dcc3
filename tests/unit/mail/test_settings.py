"""Where mail goes, as it is set."""

from pathlib import Path

import pytest

from stonks.adapters.mail import FileMailer, MemoryMailer, Smtp, SmtpMailer
from stonks.entrypoints.mailing import check_mail, make_mailer
from stonks.entrypoints.settings import BadSetting, Settings, read_settings


def read(tmp_path: Path, **given: str) -> Settings:
    environ = {f"STONKS_{name.upper()}": value for name, value in given.items()}
    return read_settings(environ | {"STONKS_VAR": str(tmp_path)}, dotenv=tmp_path / "none")


def test_the_embedded_default_puts_it_into_files(tmp_path: Path) -> None:
    mailer = make_mailer(read(tmp_path))
    assert isinstance(mailer, FileMailer)
    assert (mailer.folder, mailer.sender) == (tmp_path / "mail", "Stonks <noreply@localhost>")


def test_memory_forgets_it(tmp_path: Path) -> None:
    assert isinstance(make_mailer(read(tmp_path, database_url="memory:")), MemoryMailer)


def test_a_database_of_ones_own_asks_where_it_goes(tmp_path: Path) -> None:
    own = {"database_url": "postgresql://db/stonks"}
    with pytest.raises(BadSetting, match="STONKS_MAIL_URL is required"):
        check_mail(read(tmp_path, **own))
    check_mail(read(tmp_path, **own, mail_url="smtp://mail.example"))


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Smtp("mail.example", 587)),
        ("smtps://mail.example", Smtp("mail.example", 465, is_tls=True)),
        ("smtp://u%40x:p%2F@[::1]:25", Smtp("::1", 25, "u@x", "p/")),
        ("smtp://mail.example:25?tls=off", Smtp("mail.example", 25, is_plain=True)),
    ],
)
def test_servers_are_told_by_url(tmp_path: Path, url: str, server: Smtp) -> None:
    given = read(tmp_path, mail_url=url, mail_from="Ö <o@stonks.example>")
    mailer = make_mailer(given)
    assert isinstance(mailer, SmtpMailer)
    assert (mailer.server, mailer.sender) == (server, "Ö <o@stonks.example>")


@pytest.mark.parametrize(
    "given",
    [
        {"mail_url": "http://mail.example"},
        {"mail_url": "smtp://"},
        {"mail_url": "smtp://mail.example/inbox"},
        {"mail_url": "smtp://mail.example:port"},
        {"mail_url": "smtp://mail.example?tls=no"},
        {"mail_from": "Stonks"},
        {"mail_from": "Stonks <noreply>"},
        {"mail_from": "a@b.example\r\nBcc: c@d.example"},
    ],
)
def test_a_bad_value_stops_the_start_with_one_line(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(BadSetting) as refusal:
        read(tmp_path, **given)
    assert "\n" not in str(refusal.value)
    assert next(iter(given)).upper() in str(refusal.value)


def test_a_password_is_not_shown() -> None:
    assert "hunter2" not in repr(Smtp.at("smtp://me:hunter2@mail.example"))
