"""Mail by SMTP, taken by a real server."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller

from stonks.adapters.mail import Smtp, SmtpMailer
from stonks.application.mail.ports import Mailer
from stonks.domain.errors import Invalid, Unavailable
from tests.contracts.mailer import SENDER, MailerContract, a_message
from tests.integration.mail.postbox import (
    PASSWORD,
    USER,
    Postbox,
    authenticator,
    certificate,
    mail_server,
)
from tests.integration.servers import free_port


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def plain(postbox: Postbox) -> Iterator[Controller]:
    server = mail_server(postbox)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def tls(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What the server shows, and what believes it."""
    whole, serving = certificate(tmp_path)
    return serving, ssl.create_default_context(cafile=str(whole))


@pytest.fixture
def guarded(postbox: Postbox, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[Controller]:
    """Takes mail after STARTTLS and a password, and not before."""
    server = mail_server(
        postbox,
        tls_context=tls[0],
        require_starttls=True,
        authenticator=authenticator,
        auth_required=True,
    )
    server.start()
    yield server
    server.stop()


def to(server: Controller, scheme: str = "smtp", who: str = "") -> Smtp:
    return Smtp.at(f"{scheme}://{who}127.0.0.1:{server.port}")


class TestPlainSmtp(MailerContract):
    @pytest.fixture
    def mailer(self, plain: Controller, postbox: Postbox) -> Mailer:
        self.postbox = postbox
        return SmtpMailer(to(plain), SENDER)

    def delivered(self) -> list[bytes]:
        return self.postbox.delivered


class TestGuardedSmtp(MailerContract):
    @pytest.fixture
    def mailer(
        self, guarded: Controller, postbox: Postbox, tls: tuple[ssl.SSLContext, ssl.SSLContext]
    ) -> Mailer:
        self.postbox = postbox
        who = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"
        mailer = SmtpMailer(to(guarded, who=who), SENDER, trust=tls[1])
        mailer.check()
        return mailer

    def delivered(self) -> list[bytes]:
        return self.postbox.delivered


def test_tls_from_the_start(postbox: Postbox, tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    server = mail_server(postbox, ssl_context=tls[0])
    server.start()
    try:
        SmtpMailer(to(server, "smtps"), SENDER, trust=tls[1])(a_message())
        assert len(postbox.taken) == 1
    finally:
        server.stop()


def test_a_forged_certificate_gets_no_password_and_no_mail(
    guarded: Controller, postbox: Postbox
) -> None:
    with pytest.raises(Unavailable):
        SmtpMailer(to(guarded, who="me:secret@"), SENDER)(a_message())
    assert postbox.tried == 0


def test_a_password_is_not_told_without_tls(plain: Controller, postbox: Postbox) -> None:
    with pytest.raises(Unavailable, match="STARTTLS"):
        SmtpMailer(to(plain, who="me:secret@"), SENDER)(a_message())
    assert postbox.tried == 0


def test_a_wrong_password_may_be_mended(
    guarded: Controller, tls: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    with pytest.raises(Unavailable):
        SmtpMailer(to(guarded, who="me:wrong@"), SENDER, trust=tls[1])(a_message())


@pytest.mark.parametrize("answer", ["451 later", "421 closing"])
def test_what_was_not_taken_now_may_be_later(
    plain: Controller, postbox: Postbox, answer: str
) -> None:
    postbox.answers = [answer]
    mailer = SmtpMailer(to(plain), SENDER)
    with pytest.raises(Unavailable):
        mailer(a_message())
    mailer(a_message())
    assert len(postbox.taken) == 1


def test_what_is_refused_for_good_is_not_sent_again(plain: Controller, postbox: Postbox) -> None:
    postbox.answers = ["554 spam"]
    postbox.refuses_to = "gone@example.org"
    for to_whom in ("mara@example.org", "gone@example.org"):
        with pytest.raises(Invalid) as refusal:
            SmtpMailer(to(plain), SENDER)(a_message(to_whom))
        assert refusal.value.code == "mail_refused"
    assert postbox.taken == []


def test_nobody_knows_of_a_mail_whose_server_went_away(plain: Controller, postbox: Postbox) -> None:
    postbox.answers = ["hang up"]
    with pytest.raises(Invalid) as refusal:
        SmtpMailer(to(plain), SENDER)(a_message())
    assert refusal.value.code == "mail_uncertain"


def test_nobody_there_may_be_there_later() -> None:
    with pytest.raises(Unavailable):
        SmtpMailer(Smtp.at(f"smtp://127.0.0.1:{free_port()}"), SENDER)(a_message())


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Smtp.at(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(Unavailable):
            SmtpMailer(server, SENDER, seconds=0.5)(a_message())
