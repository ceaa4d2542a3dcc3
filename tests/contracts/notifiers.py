"""What every notifier promises."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from stonks.adapters.clock import new_id
from stonks.application.notifications.notifier import Delivery, Notifier, Recipient, Verdict
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind

AT = datetime(2026, 1, 5, 20, 15, tzinfo=UTC)
DATA: Mapping[NoticeKind, dict[str, object]] = {
    NoticeKind.STREAM_STARTED: {
        "streamId": "01980a4e-7d3c-7b52-9d4b-6f0f3f6a2c11",
        "channel": "night-trades",
        "title": "Charts until dawn",
        "host": "mara",
        "hostName": "Mara Lindqvist",
    },
    NoticeKind.NEW_FOLLOWER: {"count": 12, "followers": ["bruno", "chidi", "dana"]},
    NoticeKind.WEBHOOK_DISABLED: {
        "channel": "night-trades",
        "endpointId": "01980a4e-7d3c-7b53-8a21-0c9d5b7e4f22",
        "url": "https://hooks.example/stonks",
        "reason": "it answered 500 for three days",
    },
}
TOLD: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.STREAM_STARTED: ("Mara Lindqvist", "Charts until dawn", "/c/night-trades"),
    NoticeKind.NEW_FOLLOWER: ("bruno", "chidi", "dana", "9 others"),
    NoticeKind.WEBHOOK_DISABLED: ("night-trades", "hooks.example", "it answered 500"),
}
EVIL = "Hi\r\nBcc: thief@example.net\r\n\r\n<script>alert(1)</script> {email} %s ${PATH} 🌙"
REASON = re.compile(r"[a-z][a-z0-9_]*")


def recipient(number: int = 1) -> Recipient:
    name = f"reader{number}"
    return Recipient(ProfileId(new_id()), name, f"Reader {number}", f"{name}@example.org")


def delivery(
    kind: NoticeKind = NoticeKind.STREAM_STARTED,
    to: Recipient | None = None,
    data: Mapping[str, object] | None = None,
    **others: Any,
) -> Delivery:
    """With a value in every field but the device, which pushes alone have."""
    told = DATA[kind] | dict(data or {})
    return Delivery(NoticeId(new_id()), kind, AT, told, to or recipient(), **others)


class NotifierContract:
    """Inherited with a fixture ``notifier``, and with ``arrived``.

    ``of`` makes the deliveries; whose notifier needs more in them, such as a device, overrides it.
    """

    def arrived(self) -> list[str]:
        """Whatever reached somebody, as text, the first first."""
        raise NotImplementedError

    def of(self, number: int = 1, **parts: Any) -> Delivery:
        return delivery(to=recipient(number), **parts)

    def test_its_way_can_stand_in_preferences(self, notifier: Notifier) -> None:
        assert re.fullmatch(r"[a-z][a-zA-Z0-9]{0,29}", notifier.way)
        assert notifier.way != "inApp"

    @pytest.mark.parametrize("kind", NoticeKind)
    def test_every_kind_is_told(self, notifier: Notifier, kind: NoticeKind) -> None:
        with notifier.sending() as send:
            outcome = send(self.of(kind=kind))
        assert outcome.verdict is Verdict.SENT, outcome
        (text,) = self.arrived()
        assert [words for words in TOLD[kind] if words not in text] == []

    def test_several_are_sent_one_after_another_each_once(self, notifier: Notifier) -> None:
        titles = [f"Stream number {number}" for number in range(3)]
        with notifier.sending() as send:
            for number, title in enumerate(titles):
                sent = send(self.of(number, data={"title": title}))
                assert sent.verdict is Verdict.SENT
        told = self.arrived()
        assert len(told) == 3
        assert [title in text for title, text in zip(titles, told, strict=True)] == [True] * 3

    def test_several_threads_send_side_by_side_each_once(self, notifier: Notifier) -> None:
        numbers = range(8)
        deliveries = [self.of(number, data={"title": f"<{number}>"}) for number in numbers]
        with notifier.sending() as send, ThreadPoolExecutor(4) as threads:
            verdicts = {outcome.verdict for outcome in threads.map(send, deliveries)}
        assert verdicts == {Verdict.SENT}
        told = self.arrived()
        assert len(told) == len(numbers)
        assert all(any(f"<{number}>" in text for text in told) for number in numbers)

    def test_who_sends_nothing_tells_nobody(self, notifier: Notifier) -> None:
        with notifier.sending():
            pass
        assert self.arrived() == []

    def test_it_can_be_used_again(self, notifier: Notifier) -> None:
        for _ in range(2):
            with notifier.sending() as send:
                assert send(self.of()).verdict is Verdict.SENT
        assert len(self.arrived()) == 2

    def test_injection_what_people_wrote_stays_words(self, notifier: Notifier) -> None:
        with notifier.sending() as send:
            outcome = send(self.of(data={"title": EVIL, "hostName": EVIL}))
        assert outcome.verdict is Verdict.SENT
        assert len(self.arrived()) == 1


class ReachingNotifierContract(NotifierContract):
    """For one that reaches for somebody; inherited with ``away`` besides, where nobody is there."""

    def test_nobody_there_is_an_outcome_and_no_error(self, away: Notifier) -> None:
        with away.sending() as send:
            outcome = send(self.of())
        assert outcome.verdict in (Verdict.LATER, Verdict.REFUSED)
        assert REASON.fullmatch(outcome.reason)
        assert self.arrived() == []
