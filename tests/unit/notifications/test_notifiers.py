"""Notifiers that reach nobody, and mail that does."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from stonks.adapters.mail import FileMailer, MemoryMailer, PlainSessions
from stonks.adapters.notifiers.console import make as make_console
from stonks.adapters.notifiers.email import make as make_email
from stonks.adapters.notifiers.memory import MemoryNotifier
from stonks.application.mail.ports import Message
from stonks.application.notifications.notifier import Notifier, Outcome, Recipient, Verdict
from stonks.domain.errors import Invalid, Unavailable
from stonks.domain.notifications.words import words_of
from tests.contracts.mailer import SENDER, part, read
from tests.contracts.notifiers import (
    NotifierContract,
    ReachingNotifierContract,
    delivery,
    recipient,
)
from tests.contracts.tools import tools


class TestMemoryNotifier(NotifierContract):
    @pytest.fixture
    def notifier(self) -> Notifier:
        self.kept = MemoryNotifier()
        return self.kept

    def arrived(self) -> list[str]:
        told = [words_of(one.kind, one.data) for one in self.kept.sent]
        return [f"{words.title} {words.body} {words.path}" for words in told]

    def test_a_delivery_is_kept_as_it_was(self, notifier: Notifier) -> None:
        given = self.of(attempt=3)
        with notifier.sending() as send:
            send(given)
        assert list(self.kept.sent) == [given]


class TestConsoleNotifier(NotifierContract):
    @pytest.fixture
    def notifier(self) -> Iterator[Notifier]:
        with capture_logs() as self.lines:
            yield make_console(tools())

    def arrived(self) -> list[str]:
        return [" ".join(map(str, line.values())) for line in self.lines]

    def test_no_address_is_logged(self, notifier: Notifier) -> None:
        with notifier.sending() as send:
            send(self.of())
        (line,) = self.arrived()
        assert "reader1" in line
        assert "@example.org" not in line


def as_text(mail: EmailMessage) -> str:
    return f"{mail['Subject']}\n{part(mail, 'plain')}"


class TestEmailIntoFiles(ReachingNotifierContract):
    @pytest.fixture
    def notifier(self, tmp_path: Path) -> Notifier:
        self.folder = tmp_path / "mail"
        mailer = FileMailer(self.folder, SENDER)
        return make_email(tools(mail_sessions=PlainSessions(mailer)))

    @pytest.fixture
    def away(self, notifier: Notifier, tmp_path: Path) -> Notifier:
        (tmp_path / "no folder").write_text("")
        mailer = FileMailer(tmp_path / "no folder", SENDER)
        return make_email(tools(mail_sessions=PlainSessions(mailer)))

    def arrived(self) -> list[str]:
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [as_text(read(file.read_bytes())) for file in files]


class TestEmailIntoMemory(NotifierContract):
    @pytest.fixture
    def notifier(self) -> Notifier:
        self.kept = MemoryMailer()
        return make_email(tools(mail_sessions=PlainSessions(self.kept)))

    def arrived(self) -> list[str]:
        return [f"{message.subject}\n{message.text}" for message in self.kept.sent]


class Refusing:
    """A mailer that takes nothing."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, message: Message) -> None:
        raise self.error


def outcome(mailer: Any, to: Recipient | None = None) -> Outcome:
    with make_email(tools(mail_sessions=PlainSessions(mailer))).sending() as send:
        return send(delivery(to=to))


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (Unavailable("mail_unavailable", ""), Verdict.LATER),
        (Invalid("mail_refused", ""), Verdict.REFUSED),
        (Invalid("mail_uncertain", ""), Verdict.REFUSED),
    ],
)
def test_what_surely_did_not_leave_is_tried_again_and_nothing_else(
    error: Invalid | Unavailable, verdict: Verdict
) -> None:
    assert outcome(Refusing(error)) == Outcome(verdict, error.code)


def test_nobody_gets_a_letter_at_an_address_that_is_not_proven() -> None:
    known, mailer = recipient(), MemoryMailer()
    unproven = Recipient(known.profile_id, known.username, known.full_name)
    assert outcome(mailer, unproven) == Outcome(Verdict.REFUSED, "no_proven_email")
    assert not mailer.sent
