"""What every mailer promises."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime

import pytest

from stonks.adapters.clock import new_id
from stonks.application.mail.ports import Mailer, MailSessions, Message

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SENDER = "Stonks <noreply@stonks.example>"


def a_message(to: str = "mara@example.org") -> Message:
    """A message with a value of its own in every field, and whatever is hard to carry."""
    text = "Hello Åsa,\n.\n.. leading dots\nFrom here on\n" + "long " * 300 + "\n"
    return Message(new_id(), AT, to, "Grüße & <b>", text, "<p>Åsa &amp; “you”</p>\n.\n")


def read(whole: bytes) -> EmailMessage:
    return message_from_bytes(whole, policy=SMTP)


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content.replace("\r\n", "\n")


class MailerContract:
    """Inherited with a fixture ``mailer``, and with ``delivered`` where it can be read again."""

    def delivered(self) -> list[bytes]:
        """Every message that was taken, the first first."""
        raise NotImplementedError

    def test_every_field_of_a_message_arrives(self, mailer: Mailer) -> None:
        message = a_message()
        mailer(message)
        (whole,) = self.delivered()
        mail = read(whole)
        assert (mail["To"], mail["Subject"], mail["From"]) == (message.to, "Grüße & <b>", SENDER)
        assert mail["Message-ID"] == f"<{message.id}@stonks.example>"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert parsedate_to_datetime(str(mail["Date"])) == AT
        assert (part(mail, "plain"), part(mail, "html")) == (message.text, message.html)

    def test_each_message_is_one(self, mailer: Mailer) -> None:
        messages = [a_message(f"m{number}@example.org") for number in range(3)]
        for message in messages:
            mailer(message)
        ids = {read(whole)["Message-ID"] for whole in self.delivered()}
        assert ids == {f"<{message.id}@stonks.example>" for message in messages}

    def test_header_injection_a_line_break_in_a_subject_adds_no_header(
        self, mailer: Mailer
    ) -> None:
        whole = a_message()
        evil = "Hello\r\nBcc: thief@example.net\r\n\r\nbody"
        mailer(Message(whole.id, AT, whole.to, evil, whole.text, whole.html))
        mail = read(self.delivered()[0])
        assert mail["Bcc"] is None
        assert mail["Subject"] == "Hello Bcc: thief@example.net body"

    def test_a_header_of_its_own_arrives_whole_however_long(self, mailer: Mailer) -> None:
        whole, address = a_message(), f"<https://stonks.example/{'x' * 300}?token=a.b_c-d>"
        mailer(replace(whole, headers={"List-Unsubscribe": address, "List-Id": "<a.b>"}))
        mail = read(self.delivered()[0])
        assert (mail["List-Unsubscribe"], mail["List-Id"]) == (address, "<a.b>")
        assert f"\r\nList-Unsubscribe: {address}\r\n".encode() in self.delivered()[0]


class MailSessionsContract(MailerContract):
    """The same, inherited with a fixture ``sessions``, of which one is the mailer."""

    @pytest.fixture
    def mailer(self, sessions: MailSessions) -> Iterator[Mailer]:
        with sessions() as mailer:
            yield mailer

    def test_messages_side_by_side_leave_each_once(self, mailer: Mailer) -> None:
        messages = [a_message(f"m{number}@example.org") for number in range(12)]
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(mailer, messages))
        ids = sorted(read(whole)["Message-ID"] for whole in self.delivered())
        assert ids == sorted(f"<{message.id}@stonks.example>" for message in messages)

    def test_one_session_after_another(self, sessions: MailSessions) -> None:
        for _ in range(2):
            with sessions() as mailer:
                mailer(a_message())
        assert len(self.delivered()) == 2
