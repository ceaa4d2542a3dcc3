"""The words of mails."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from stonks.adapters.clock import new_id
from stonks.adapters.mail import JinjaCompose
from stonks.adapters.mail.composing import LINKS
from stonks.adapters.mail.rfc5322 import travelling
from stonks.application.mail.ports import Addressee, Mail, MailKind, Message

COMPOSE = JinjaCompose("https://stonks.example")
EVIL = "Mara\r\nBcc: x@y.example <script>alert(1)</script>\"'"
AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
KNOWN = Addressee("mara", "Mara Lindqvist", is_proven=True)


def composed(
    kind: MailKind, addressee: Addressee = KNOWN, values: dict[str, str] | None = None
) -> Message:
    mail = Mail(new_id(), kind, "mara@example.org", AT, None, values or {})
    return COMPOSE(mail, addressee, "T" * 43)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.mark.parametrize("kind", MailKind)
def test_every_kind_has_both_parts(kind: MailKind) -> None:
    message = composed(kind)
    assert message.subject
    assert "\n" not in message.subject
    assert "mara@example.org" in message.text
    assert message.subject in message.html or "&" in message.html
    assert "{" not in message.text
    assert ("#token=" in message.text) == (kind in LINKS) == ("#token=" in message.html)


def test_whoever_is_inactive_is_told_who_can_change_that_and_not_that_they_did_it() -> None:
    said = composed(MailKind.DEACTIVATED).text
    assert "whoever runs this Stonks" in said
    assert "If it was not you" not in said


@pytest.mark.parametrize("kind", MailKind)
def test_every_kind_can_do_without_a_person_and_values(kind: MailKind) -> None:
    assert composed(kind, Addressee()).text.startswith("Hello,\n")


@pytest.mark.parametrize("kind", MailKind)
def test_html_injection_what_people_call_things_stays_text(kind: MailKind) -> None:
    names = ("name", "provider", "device", "scopes", "newEmail", "factor", "left", "deletesAt")
    message = composed(kind, Addressee("mara", EVIL, is_proven=True), dict.fromkeys(names, EVIL))
    tags = Tags()
    tags.feed(message.html)
    assert "script" not in tags.seen
    assert "img" not in tags.seen
    assert all(address.startswith("https://stonks.example") for address in tags.addresses)


@pytest.mark.parametrize("kind", MailKind)
def test_header_injection_a_full_name_adds_no_header(kind: MailKind) -> None:
    message = composed(kind, Addressee("mara", EVIL, is_proven=True), {"provider": EVIL})
    mail = travelling(message, "Stonks <noreply@stonks.example>")
    assert mail["Bcc"] is None
    assert b"\r\nBcc:" not in mail.as_bytes().split(b"\r\n\r\n")[0]


def test_what_happened_is_told_with_time_and_device() -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    message = composed(MailKind.PASSWORD_CHANGED, values={"device": agent})
    for part in (message.text, message.html):
        assert "2 January 2026, 03:04 UTC" in part
        assert "Firefox on Linux" in part
        assert "https://stonks.example/reset" in part


def test_who_changes_a_password_reads_what_still_works() -> None:
    kind = MailKind.PASSWORD_CHANGED
    for tokens, words in (("1", "1 personal access token still works"), ("3", "3 personal access")):
        assert words in composed(kind, values={"tokens": tokens}).text
    assert "token" not in composed(kind).text


def test_a_name_goes_to_its_owner_and_not_to_a_stranger() -> None:
    assert composed(MailKind.VERIFY_EMAIL, KNOWN).text.startswith("Hello Mara Lindqvist,")
    taken_back = composed(MailKind.SET_UP_REMOVED, KNOWN).text
    assert taken_back.startswith("Hello,\n"), "whoever had signed up chose that name"
    stranger = Addressee("mara", "Visit evil.example now", is_proven=False)
    message = composed(MailKind.VERIFY_EMAIL, stranger)
    assert "evil" not in message.text + message.html


def test_nothing_is_loaded_from_anywhere() -> None:
    for kind in MailKind:
        html = composed(kind).html
        assert not re.search(r"<(img|link|script|iframe)|url\(|@import", html)
