"""The words of notices that go by mail."""

from html.parser import HTMLParser

import pytest

from stonks.adapters.mail import JinjaNotices
from stonks.adapters.mail.rfc5322 import travelling
from stonks.application.mail.ports import Message
from stonks.application.notifications.notifier import Delivery, Recipient
from stonks.domain.notifications.notice import NoticeKind
from tests.contracts.mailer import SENDER
from tests.contracts.notifiers import DATA, EVIL, TOLD, delivery, recipient
from tests.contracts.tools import HERE, unsubscribe_url

COMPOSE = JinjaNotices(HERE, unsubscribe_url)


def letter(kind: NoticeKind, **data: object) -> Message:
    return COMPOSE(delivery(kind, data=data))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.mark.parametrize("kind", NoticeKind)
def test_both_parts_tell_it_and_how_to_hear_no_more(kind: NoticeKind) -> None:
    given = delivery(kind)
    message = COMPOSE(given)
    link = unsubscribe_url(given.recipient.profile_id, kind.value, "email")
    for part in (message.text, message.html):
        assert [words for words in TOLD[kind] if words not in f"{message.subject}{part}"] == []
        assert "Hello Reader 1," in part
        assert "5 January 2026, 20:15 UTC" in part
        assert link in part
    assert "{" not in message.text
    assert "\n" not in message.subject


@pytest.mark.parametrize("kind", NoticeKind)
def test_one_click_a_mail_program_can_unsubscribe(kind: NoticeKind) -> None:
    given = delivery(kind)
    mail = travelling(COMPOSE(given), SENDER)
    link = unsubscribe_url(given.recipient.profile_id, kind.value, "email")
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    name = kind.value.replace("_", "-")
    assert mail["List-Id"] == f"<{name}.notifications.stonks.example>"


def test_a_delivery_is_the_same_letter_each_time_and_another_persons_is_another() -> None:
    first = delivery(to=recipient(1))
    again = Delivery(first.notice_id, first.kind, first.at, first.data, first.recipient, attempt=2)
    other = Delivery(first.notice_id, first.kind, first.at, first.data, recipient(2))
    assert COMPOSE(again) == COMPOSE(first)
    assert COMPOSE(other).id != COMPOSE(first).id


def test_a_letter_tells_nothing_of_whoever_else_gets_one() -> None:
    first, second = recipient(1), recipient(2)
    message = COMPOSE(delivery(to=first))
    for other in (second.email, second.username, str(second.profile_id)):
        assert other not in message.text + message.html


def test_one_follower_and_many_read_well() -> None:
    one = letter(NoticeKind.NEW_FOLLOWER, count=1, followers=["bruno"])
    assert one.subject == "A new follower"
    assert "bruno follows you now" in one.text
    assert letter(NoticeKind.NEW_FOLLOWER).subject == "New followers"


def test_a_host_reads_that_what_a_webhook_missed_is_sent_once_it_is_active_again() -> None:
    message = COMPOSE(delivery(NoticeKind.WEBHOOK_DISABLED))
    for part in (message.text, message.html):
        assert "until you mend it and activate it again" in part
        assert "the events that it has missed are sent by themselves" in part
        assert "replay" not in part


@pytest.mark.parametrize("kind", NoticeKind)
def test_html_injection_what_people_call_things_stays_text(kind: NoticeKind) -> None:
    evil = {name: EVIL for name, value in DATA[kind].items() if isinstance(value, str)}
    known = recipient()
    to = Recipient(known.profile_id, known.username, EVIL, known.email)
    message = COMPOSE(delivery(kind, to, evil | {"channel": "night-trades"}))
    tags = Tags()
    tags.feed(message.html)
    assert not {"script", "img", "iframe"} & set(tags.seen)
    assert all(address.startswith(HERE) for address in tags.addresses)
    mail = travelling(message, SENDER)
    assert mail["Bcc"] is None
    assert b"\r\nBcc:" not in mail.as_bytes().split(b"\r\n\r\n")[0]
