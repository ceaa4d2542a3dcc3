"""Entries in words, for a terminal."""

from collections.abc import Mapping
from uuid import uuid4

import pytest

from stonks.adapters.wire.frames import EntryActor, EntryFrame, InboxEntry
from stonks.domain.chat.entry import EntryKind
from stonks.domain.ids import NoticeId, ProfileId, RoomId
from stonks.domain.notifications.notice import NoticeKind
from stonks.entrypoints.client.sentences import sentence, told

DATA: Mapping[str, object] = {
    "username": "rook",
    "seq": 7,
    "seconds": 90,
    "title": "Crumb",
    "reason": "",
    "text": "hi",
    "count": 12,
}


def entry(kind: str, data: Mapping[str, object] = DATA, who: str | None = "mira") -> EntryFrame:
    actor = EntryActor(id=ProfileId(uuid4()), username=who, role="HOST")
    at = "2026-11-20T18:30:00.125Z"
    return EntryFrame(room=RoomId(uuid4()), seq=1, at=at, kind=kind, actor=actor, data=data)


def test_each_kind_has_its_own_sentence() -> None:
    told = {sentence(entry(kind)) for kind in EntryKind}
    assert len(told) == len(EntryKind)
    assert not any("_" in line for line in told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (entry("message"), "mira: hi"),
        (entry("message", {"hidden": True}), "mira: (removed)"),
        (entry("message", who=None), "somebody: hi"),
        (entry("member_timed_out"), "mira gave rook a break of 1m30s"),
        (entry("member_banned", {**DATA, "reason": "spam"}), "mira banned rook: spam"),
        (entry("slow_mode_changed", {"seconds": None}), "mira turned slow mode off"),
        (entry("stream_started"), 'mira went live: "Crumb"'),
        (entry("stream_ended", {"reason": "ended"}), "mira ended the stream"),
        (entry("stream_ended", {"reason": "suspended"}), "the stream is over"),
        (
            entry("stream_ended", {"reason": "vanished"}),
            "the stream is over: mira was gone for too long",
        ),
        (entry("member_joined", {}), "mira joined"),
        (entry("member_left", {}, None), "somebody left"),
        (entry("members_counted"), "12 people are here"),
        (entry("members_counted", {"count": 1}), "1 person is here"),
        (entry("moon_landed"), "mira: moon landed"),
    ],
)
def test_how_it_reads(told: EntryFrame, expected: str) -> None:
    assert sentence(told) == expected


def test_a_terminal_is_given_nothing_that_it_would_obey() -> None:
    told = sentence(entry("message", {"text": "\x1b[2Jgone\x07 \u202eesrever\nnext"}))
    assert told == "mira: \ufffd[2Jgone\ufffd \ufffdesrever\nnext"


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (
            NoticeKind.STREAM_STARTED,
            {"channel": "garden", "title": "Tulips\x07", "host": "ada", "hostName": "Ada"},
            "Ada is live: Tulips\ufffd",
        ),
        (
            NoticeKind.NEW_FOLLOWER,
            {"count": 3, "followers": ["rook", "mira"]},
            "New followers: rook, mira and 1 other follow you now",
        ),
        (NoticeKind.NEW_FOLLOWER, {"of a newer": "server"}, "new follower"),
        ("moon_landed", {}, "moon landed"),
    ],
)
def test_how_a_notification_reads(kind: str, data: Mapping[str, object], expected: str) -> None:
    at = "2026-11-20T18:30:00.125Z"
    assert told(InboxEntry(NoticeId(uuid4()), str(kind), at, None, data)) == expected
