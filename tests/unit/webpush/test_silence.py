"""A push service that answers nobody is left alone for a while."""

from dataclasses import dataclass

import pytest

from stonks.adapters.egress.refusals import failed, uncertain
from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.webpush import WebPushNotifier
from stonks.adapters.webpush.silence import MOST_KEPT, PAUSE, TRIES, Silence
from stonks.application.egress.ports import Answer
from stonks.application.notifications.notifier import Outcome, Verdict
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


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def silence(hands: Hands) -> Silence:
    return Silence(hands)


def fail(silence: Silence, origin: str = HERE, times: int = TRIES) -> None:
    for _ in range(times):
        silence.not_heard(origin)


def test_it_takes_some_in_a_row(silence: Silence) -> None:
    fail(silence, times=TRIES - 1)
    silence.heard(HERE)
    fail(silence, times=TRIES - 1)
    assert not silence.is_kept_by(HERE)
    fail(silence, times=1)
    assert silence.is_kept_by(HERE)
    assert not silence.is_kept_by(THERE)


def test_after_a_pause_one_tries_for_all(silence: Silence, hands: Hands) -> None:
    fail(silence)
    hands.at = PAUSE
    assert [silence.is_kept_by(HERE) for _ in range(3)] == [False, True, True]
    silence.heard(HERE)
    assert not silence.is_kept_by(HERE)
    fail(silence)
    hands.at += PAUSE
    assert not silence.is_kept_by(HERE)
    fail(silence, times=1)
    assert silence.is_kept_by(HERE)


def test_it_does_not_grow_with_the_names_that_people_give(silence: Silence) -> None:
    for number in range(MOST_KEPT + 1):
        silence.not_heard(f"https://{number}.example")
    assert len(silence._silent) <= MOST_KEPT


@pytest.mark.parametrize("refusal", [failed("it hung up"), uncertain("it took too long")])
def test_nothing_is_sent_to_one_that_is_away_and_it_is_tried_again(
    hands: Hands, silence: Silence, refusal: Exception
) -> None:
    egress = MemoryEgress([*[refusal] * TRIES, Answer(500, {}, b""), Answer(201, {}, b"")])
    notifier = WebPushNotifier(egress, VAPID, HERE, lambda: NOW, silence)
    delivery = a_delivery(a_device(PushBrowser()))
    with notifier.sending() as send:
        for _ in range(TRIES):
            send(delivery)
        assert [send(delivery) for _ in range(3)] == [UNREACHABLE] * 3
        assert len(egress.asked) == TRIES
        hands.at = PAUSE
        assert send(delivery).reason == "push_unavailable", "it answers, if badly"
        assert send(delivery) == Outcome(Verdict.SENT)
