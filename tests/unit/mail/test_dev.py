"""``/dev/mail``: mail that was put into files, shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from stonks.adapters.clock import new_id, now
from stonks.adapters.embedded import places
from stonks.adapters.mail import FileMailer
from stonks.application.mail.ports import Message
from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from stonks.entrypoints.keys import new_private_key, new_sealing_key
from stonks.entrypoints.mailing import is_mail_shown, mail_folder
from stonks.entrypoints.settings import Settings

SENDER = "Stonks <noreply@localhost>"


def settings(var: Path, **changes: str) -> Settings:
    """As they are where nothing was set."""
    given = {
        "database_url": places.database_url(var),
        "redis_url": "memory:",
        "public_url": "http://localhost:8000",
        "mail_url": "files:",
        "mail_from": SENDER,
    } | changes
    key, sealing = new_private_key(), (new_sealing_key(),)
    return Settings(var=var, token_private_key=key, sealing_keys=sealing, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def lasting_client(var: Path) -> FlaskClient:
    return create_app(Container(settings=settings(var))).test_client()


@pytest.fixture
def client(lasting_client: FlaskClient, var: Path) -> Iterator[FlaskClient]:
    """One for all, in front of no mail."""
    yield lasting_client
    for path in mail_folder(settings(var)).glob("*.eml"):
        path.unlink()


def put(var: Path, subject: str) -> Message:
    message = Message(
        new_id(), now(), "mara@example.org", subject, "Look: https://x.example/\n", "<p>Hello</p>"
    )
    FileMailer(mail_folder(settings(var)), SENDER)(message)
    return message


def test_the_newest_comes_first(client: FlaskClient, var: Path) -> None:
    assert b"Nothing yet" in client.get("/dev/mail").data
    put(var, "The first")
    put(var, "The second <b>")
    page = client.get("/dev/mail").text
    assert page.index("The second &lt;b&gt;") < page.index("The first")


def test_a_mail_is_shown_in_a_sandbox(client: FlaskClient, var: Path) -> None:
    message = put(var, "One")
    page = client.get(f"/dev/mail/{message.id}")
    assert f'src="/dev/mail/{message.id}/html"' in page.text
    assert 'sandbox="allow-popups' in page.text
    assert "allow-scripts" not in page.text
    letter = client.get(f"/dev/mail/{message.id}/html")
    assert "<p>Hello</p>" in letter.text
    assert letter.headers["Content-Security-Policy"].startswith("sandbox ")
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["x", "..", "%2e%2e%2fsecrets", "0" * 32])
def test_path_tricks_find_nothing(client: FlaskClient, var: Path, name: str) -> None:
    put(var, "One")
    assert client.get(f"/dev/mail/{name}").status_code == 404


@pytest.mark.parametrize("host", ["stonks.example", "evil.example:8000", "127.0.0.1.evil.example"])
def test_dns_rebinding_another_name_for_this_machine_reads_no_mail(
    client: FlaskClient, host: str
) -> None:
    assert client.get("/dev/mail", headers={"Host": host}).status_code == 404


def test_somebody_elses_machine_reads_no_mail(client: FlaskClient) -> None:
    away = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/dev/mail", environ_overrides=away).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"mail_url": "memory:"},
        {"mail_url": "smtp://mail.example"},
        {"database_url": "postgresql://db/stonks"},
        {"public_url": "https://stonks.example"},
    ],
)
def test_it_is_for_the_embedded_default_alone(tmp_path: Path, changes: dict[str, str]) -> None:
    assert is_mail_shown(settings(tmp_path))
    assert not is_mail_shown(settings(tmp_path, **changes))
