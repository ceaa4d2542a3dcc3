"""A push service that answers nobody is left alone for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from stonks.adapters.egress.refusals import failed, uncertain
from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.webpush import WebPushNotifier
from stonks.adapters.webpush.silence import LONG, MOST_KEPT, PAUSE, TRIES, Silence
from stonks.application.egress.ports import Answer
from stonks.application.notifications.notifier import Outcome, Verdict
from stonks.domain.errors import Unavailable
from stonks.domain.notifications.delivery import DELAYS
from tests.contracts.one_delivery import a_delivery, a_device
from tests.push_browser import PushBrowser
from tests.unit.webpush.test_notifier import NOW, VAPID

HERE, THERE = "https://push.example", "https://other.example"
UNREACHABLE = Outcome(Verdict.LATER, "push_unreachable")


@dataclass(slots=True)
class Hands:
    at: float = 0.0

    def __call__(self) -> float:
        return self.at


class Slow(MemoryEgress):
    """Lets everybody wait before it answers as it is told."""

    def __init__(self, hands: Hands, script: Sequence[Answer | Unavailable]) -> None:
        super().__init__(script)
        self._hands = hands

    def post(self, *args: Any, **options: Any) -> Answer:
        self._hands.at += LONG
        return super().post(*args, **options)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def silence(hands: Hands) -> Silence:
    return Silence(hands)


def fail(silence: Silence, origin: str = HERE, times: int = TRIES, after: float = LONG) -> None:
    for _ in range(times):
        silence.not_heard(origin, silence.clock() - after)


def test_it_takes_some_in_a_row(silence: Silence) -> None:
    fail(silence, times=TRIES - 1)
    silence.heard(HERE)
    fail(silence, times=TRIES - 1)
    assert not silence.is_kept_by(HERE)
    fail(silence, times=1)
    assert silence.is_kept_by(HERE)
    assert not silence.is_kept_by(THERE)


def test_who_refuses_at_once_is_in_nobodys_way(silence: Silence) -> None:
    fail(silence, times=100, after=LONG - 1)
    assert not silence.is_kept_by(HERE)


def test_after_a_pause_it_is_tried_again_and_one_failure_is_enough(
    silence: Silence, hands: Hands
) -> None:
    fail(silence)
    hands.at = PAUSE
    assert not silence.is_kept_by(HERE)
    fail(silence, times=1)
    assert silence.is_kept_by(HERE)
    silence.heard(HERE)
    assert not silence.is_kept_by(HERE)
    fail(silence, times=1)
    assert not silence.is_kept_by(HERE)


def test_what_is_put_off_comes_back_when_the_pause_is_over() -> None:
    assert timedelta(seconds=PAUSE) < DELAYS[0]


def test_it_does_not_grow_with_the_names_that_people_give(silence: Silence) -> None:
    for number in range(MOST_KEPT + 1):
        fail(silence, f"https://{number}.example", times=1)
    assert len(silence._silent) <= MOST_KEPT


@pytest.mark.parametrize("refusal", [failed("it hung up"), uncertain("it took too long")])
def test_nothing_is_sent_to_one_that_is_away_and_it_is_tried_again(
    hands: Hands, silence: Silence, refusal: Unavailable
) -> None:
    egress = Slow(hands, [*[refusal] * TRIES, Answer(500, {}, b""), Answer(201, {}, b"")])
    notifier = WebPushNotifier(egress, VAPID, HERE, lambda: NOW, silence)
    delivery = a_delivery(a_device(PushBrowser()))
    with notifier.sending() as send:
        for _ in range(TRIES):
            send(delivery)
        assert [send(delivery) for _ in range(3)] == [UNREACHABLE] * 3
        assert len(egress.asked) == TRIES
        hands.at += PAUSE
        assert send(delivery).reason == "push_unavailable", "it answers, if badly"
        assert send(delivery) == Outcome(Verdict.SENT)
