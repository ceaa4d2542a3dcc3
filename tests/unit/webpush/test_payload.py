"""What a push says, and how long, how urgently and instead of what."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stonks.adapters.webpush.payload import LARGEST, payload, topic, ttl, urgency
from stonks.domain.notifications.notice import NoticeKind
from tests.contracts.one_delivery import DATA, a_delivery

URL = "https://stonks.example"


def test_every_field_is_said() -> None:
    delivery = a_delivery(None)
    assert json.loads(payload(delivery, URL)) == {
        "id": str(delivery.notice_id),
        "type": "stream_started",
        "at": "2026-01-05T20:16:04.250Z",
        "title": "Mara is live",
        "body": "Ålesund <b>by night</b>",
        "url": "https://stonks.example/c/mara-plays",
        "data": DATA[NoticeKind.STREAM_STARTED],
    }


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_can_be_said(kind: NoticeKind) -> None:
    assert json.loads(payload(a_delivery(None, kind), URL))["type"] == kind.value


def test_a_long_title_is_cut_where_it_can_be_seen() -> None:
    said = json.loads(payload(a_delivery(None, title="long " * 100, hostName="é" * 200), URL))
    assert said["title"] == "é" * 99 + "…"
    assert said["body"].endswith("long…")
    assert len(said["body"]) <= 300


@given(some.text(some.characters(codec="utf-8")), some.text(some.characters(codec="utf-8")))
def test_however_much_there_is_it_fits(title: str, name: str) -> None:
    delivery = a_delivery(None, title=title * 50, hostName=name * 50, more=title * 500)
    whole = payload(delivery, URL)
    assert len(whole) <= LARGEST
    assert json.loads(whole)["data"] in (delivery.data, {})


def test_a_stream_is_news_for_hours_and_wakes_a_phone() -> None:
    assert (ttl(NoticeKind.STREAM_STARTED), urgency(NoticeKind.STREAM_STARTED)) == (14400, "high")
    for kind in set(NoticeKind) - {NoticeKind.STREAM_STARTED}:
        assert (ttl(kind), urgency(kind)) == (86400, "normal")


def test_a_newer_one_of_the_same_thing_takes_its_place() -> None:
    auth = b"a" * 16
    first = topic(a_delivery(None), auth)
    assert topic(a_delivery(None, title="again", streamId="another"), auth) == first
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", first)
    others = {
        topic(a_delivery(None, channel="bo-plays"), auth),
        topic(a_delivery(None, NoticeKind.NEW_FOLLOWER), auth),
        topic(a_delivery(None, NoticeKind.WEBHOOK_DISABLED), auth),
        topic(a_delivery(None, NoticeKind.WEBHOOK_DISABLED, endpointId="another"), auth),
    }
    assert len(others - {first}) == 4


def test_a_push_service_does_not_learn_who_is_told_of_the_same_thing() -> None:
    assert topic(a_delivery(None), b"a" * 16) != topic(a_delivery(None), b"b" * 16)
