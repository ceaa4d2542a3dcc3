"""Many messages on one connection to a real mail server."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from stonks.adapters.mail import Smtp, SmtpMailer, SmtpSessions
from stonks.application.mail.ports import MailSessions
from stonks.domain.errors import Invalid, Unavailable
from tests.contracts.mailer import SENDER, MailSessionsContract, a_message
from tests.integration.mail.postbox import Postbox, mail_server
from tests.integration.servers import free_port

Serve = Callable[[Postbox], SmtpMailer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Controller] = []

    def start(postbox: Postbox) -> SmtpMailer:
        server = mail_server(postbox)
        servers.append(server)
        server.start()
        return SmtpMailer(Smtp.at(f"smtp://127.0.0.1:{server.port}"), SENDER)

    yield start
    for server in servers:
        server.stop()


class Restless(Postbox):
    """It hangs up on whoever wants to send a second message."""

    async def handle_MAIL(  # noqa: N802 -- the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if session in self.callers:
            server.transport.abort()
        envelope.mail_from = address
        return "250 OK"


class Miserly(Postbox):
    """It lets nobody send a second message, and says so."""

    async def handle_MAIL(  # noqa: N802 -- the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if session in self.callers:
            return "421 too many messages"
        envelope.mail_from = address
        return "250 OK"


class TestSmtpSessions(MailSessionsContract):
    @pytest.fixture
    def sessions(self, serve: Serve) -> MailSessions:
        self.postbox = Postbox()
        return SmtpSessions(serve(self.postbox))

    def delivered(self) -> list[bytes]:
        return self.postbox.delivered


def send(mailer: SmtpMailer, number: int, most: int = 100) -> None:
    with SmtpSessions(mailer, most)() as send:
        for each in range(number):
            send(a_message(f"m{each}@example.org"))


def test_one_connection_carries_many_messages(serve: Serve) -> None:
    postbox = Postbox()
    send(serve(postbox), 5)
    assert (len(postbox.taken), len(postbox.callers)) == (5, 1)


def test_a_connection_that_carried_enough_is_followed_by_another(serve: Serve) -> None:
    postbox = Postbox()
    send(serve(postbox), 5, most=2)
    assert (len(postbox.taken), len(postbox.callers)) == (5, 3)


@pytest.mark.parametrize("kind", [Restless, Miserly])
def test_a_server_that_hung_up_meanwhile_is_called_again(serve: Serve, kind: type[Postbox]) -> None:
    postbox = kind()
    send(serve(postbox), 3)
    assert (len(postbox.taken), len(postbox.callers)) == (3, 3)


def test_who_is_refused_does_not_hold_up_others(serve: Serve) -> None:
    postbox = Postbox(refuses_to="gone@example.org", answers=["250 OK", "554 spam"])
    codes = []
    with SmtpSessions(serve(postbox))() as mailer:
        for to in ("first", "gone", "spam", "last"):
            try:
                mailer(a_message(f"{to}@example.org"))
            except Invalid as refusal:
                codes.append(refusal.code)
    assert codes == ["mail_refused", "mail_refused"]
    assert [envelope.rcpt_tos for envelope in postbox.taken] == [
        ["first@example.org"],
        ["last@example.org"],
    ]
    assert len(postbox.callers) == 1


def test_what_may_have_been_taken_is_not_sent_again_and_the_next_is(serve: Serve) -> None:
    postbox = Postbox(answers=["250 OK", "hang up", "250 OK"])
    with SmtpSessions(serve(postbox))() as mailer:
        mailer(a_message("first@example.org"))
        with pytest.raises(Invalid) as refusal:
            mailer(a_message("lost@example.org"))
        mailer(a_message("last@example.org"))
    assert refusal.value.code == "mail_uncertain"
    assert (postbox.tried, len(postbox.callers)) == (3, 2)


def test_a_server_that_is_away_is_asked_once_a_batch(serve: Serve) -> None:
    with SmtpSessions(SmtpMailer(Smtp.at(f"smtp://127.0.0.1:{free_port()}"), SENDER))() as mailer:
        details = []
        for _ in range(3):
            with pytest.raises(Unavailable) as refusal:
                mailer(a_message())
            details.append(refusal.value.detail)
    assert details == ["ConnectionRefusedError", *["the mail server was away a moment ago"] * 2]


class Counting(Postbox):
    """It knows who said goodbye."""

    gone = 0

    async def handle_QUIT(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.gone += 1
        return "221 bye"


def test_an_error_in_the_block_ends_its_connections(serve: Serve) -> None:
    postbox = Counting()
    with suppress(ZeroDivisionError), SmtpSessions(serve(postbox))() as mailer:
        mailer(a_message())
        raise ZeroDivisionError
    assert (len(postbox.taken), postbox.gone) == (1, 1)
