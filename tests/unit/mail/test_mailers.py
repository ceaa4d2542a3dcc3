"""Mailers that reach nobody."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from stonks.adapters.mail import FileMailer, MemoryMailer, PlainSessions
from stonks.adapters.mail.rfc5322 import travelling
from stonks.application.mail.ports import Mailer, MailSessions
from stonks.domain.errors import Unavailable
from tests.contracts.mailer import SENDER, MailerContract, MailSessionsContract, a_message


class TestFileMailer(MailerContract):
    @pytest.fixture
    def mailer(self, tmp_path: Path) -> Mailer:
        self.folder = tmp_path / "mail"
        return FileMailer(self.folder, SENDER)

    def delivered(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.iterdir())]

    def test_only_its_owner_reads_it(self, mailer: Mailer) -> None:
        mailer(a_message())
        assert {os.stat(path).st_mode & 0o777 for path in self.folder.iterdir()} == {0o600}
        assert os.stat(self.folder).st_mode & 0o777 == 0o700

    def test_a_folder_that_cannot_be_made_may_be_tried_again(self, tmp_path: Path) -> None:
        (tmp_path / "mail").write_text("no folder")
        with pytest.raises(Unavailable):
            FileMailer(tmp_path / "mail", SENDER)(a_message())


class TestMemoryMailer(MailerContract):
    @pytest.fixture
    def mailer(self) -> Mailer:
        self.kept = MemoryMailer()
        return self.kept

    def delivered(self) -> list[bytes]:
        return [travelling(message, SENDER).as_bytes() for message in self.kept.sent]


class TestPlainSessions(MailSessionsContract):
    @pytest.fixture
    def sessions(self) -> MailSessions:
        self.kept = MemoryMailer()
        return PlainSessions(self.kept)

    def delivered(self) -> list[bytes]:
        return [travelling(message, SENDER).as_bytes() for message in self.kept.sent]


def test_header_injection_a_line_break_in_a_header_is_refused() -> None:
    evil = {"List-Id": "<a.b>\r\nBcc: thief@example.net"}
    with pytest.raises(ValueError, match="linefeed"):
        travelling(replace(a_message(), headers=evil), SENDER)
