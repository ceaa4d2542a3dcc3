"""Sending what waits: once, looked at again, and tried again where it surely did not leave."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from stonks.adapters.clock import now
from stonks.application.notifications.notifier import Delivery, Outcome, Send, Verdict
from stonks.application.notifications.send_deliveries import (
    LONGEST,
    PAUSES,
    SendDeliveries,
    one_after_another,
)
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.delivery import DeliveryKey, State
from stonks.entrypoints.container import Container
from tests.contracts.deliveries import a_device, claim, decided, prove, states
from tests.contracts.notices import a_told, work_of
from tests.contracts.town import SteppingClock, Town


@dataclass(slots=True)
class Script:
    """A notifier that answers as it is told, and remembers what it sent."""

    way: str = "email"
    answer: Callable[[Delivery], Outcome] = lambda _: Outcome(Verdict.SENT)
    sent: list[Delivery] = field(default_factory=list)

    @contextmanager
    def sending(self) -> Iterator[Send]:
        yield self._send

    def _send(self, delivery: Delivery) -> Outcome:
        self.sent.append(delivery)
        return self.answer(delivery)


@dataclass(slots=True)
class Post:
    """One person with a delivery that waits, and who sends it."""

    town: Town
    clock: SteppingClock
    ada: ProfileId
    script: Script
    hints: list[str] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    begin: Any = None
    seconds: float = 0.0

    def send(self, *, times: int = 100) -> None:
        deliver = SendDeliveries(
            begin=self.begin or self.town.container.begin_notifications(),
            notifier=self.script,
            hint=lambda job, times=1: self.hints.append(job),
            side_by_side=one_after_another,
            note_failure=lambda key, error: self.failures.append(error),
            clock=lambda: self.seconds,
            wait=self.wait,
        )
        for _ in range(times):
            if not deliver():
                return

    def wait(self, seconds: float) -> None:
        self.seconds += seconds

    def waiting(self) -> DeliveryKey:
        return decided(self.town, a_told(self.town, self.ada), self.ada)


@pytest.fixture
def post(memory_container: Container) -> Post:
    clock = SteppingClock(now())
    memory_container.now.override(clock)
    town = Town(memory_container, clock)
    ada = town.person("ada")
    prove(town, ada, "ada@example.org")
    return Post(town, clock, ada, Script())


def test_what_waits_is_sent_once(post: Post) -> None:
    keys = [post.waiting() for _ in range(3)]
    post.send()
    post.send()
    assert sorted(one.notice_id for one in post.script.sent) == sorted(
        key.notice_id for key in keys
    )
    assert states(post.town, keys[0]) == {"email": ("sent", "offline", 1)}


def test_where_receivers_are_slow_others_have_their_turn(post: Post) -> None:
    keys = {post.waiting().notice_id for _ in range(3)}

    def slowly(_: Delivery) -> Outcome:
        post.seconds += LONGEST
        return Outcome(Verdict.SENT)

    post.script.answer = slowly
    post.send(times=1)
    assert len(post.script.sent) == 1
    assert len(claim(post.town)) == 2, "the others are due at once"
    post.clock.pass_(seconds=61)
    post.send()
    assert {one.notice_id for one in post.script.sent} == keys
    assert len(post.script.sent) == 3


def test_what_became_of_it_is_written_down_when_the_store_is_back(post: Post) -> None:
    key, begin, refusals = post.waiting(), post.town.container.begin_notifications(), [3]

    @contextmanager
    def blinking() -> Iterator[Any]:
        if post.script.sent and refusals[0]:
            refusals[0] -= 1
            raise Unavailable("database_unavailable", "a test")
        with begin() as work:
            yield work

    post.begin = blinking
    post.send()
    assert states(post.town, key) == {"email": ("sent", "offline", 1)}
    assert len(post.script.sent) == 1
    assert post.seconds == sum(PAUSES[:3])


def test_where_the_store_stays_away_it_is_never_sent_again(post: Post) -> None:
    key, begin = post.waiting(), post.town.container.begin_notifications()

    @contextmanager
    def gone() -> Iterator[Any]:
        if post.script.sent:
            raise Unavailable("database_unavailable", "a test")
        with begin() as work:
            yield work

    post.begin = gone
    with pytest.raises(Unavailable):
        post.send()
    post.begin = None
    post.send()
    assert states(post.town, key) == {"email": ("leaving", "offline", 1)}
    assert len(post.script.sent) == 1


def test_what_surely_did_not_leave_is_tried_again(post: Post) -> None:
    key = post.waiting()
    post.script.answer = lambda _: Outcome(Verdict.LATER, "mail_unavailable")
    post.send()
    assert states(post.town, key) == {"email": ("waiting", "mail_unavailable", 1)}
    post.send()
    assert len(post.script.sent) == 1
    post.clock.pass_(seconds=11)
    post.script.answer = lambda _: Outcome(Verdict.SENT)
    post.send()
    assert [one.attempt for one in post.script.sent] == [1, 2]
    assert states(post.town, key) == {"email": ("sent", "retried", 2)}


def test_who_says_when_to_come_back_is_heard(post: Post) -> None:
    post.waiting()
    post.script.answer = lambda _: Outcome(Verdict.LATER, "busy", retry_after=600)
    post.send()
    post.clock.pass_(seconds=590)
    post.send()
    assert len(post.script.sent) == 1
    post.clock.pass_(seconds=20)
    post.send()
    assert len(post.script.sent) == 2


def test_it_is_not_tried_for_ever(post: Post) -> None:
    key = post.waiting()
    post.script.answer = lambda _: Outcome(Verdict.LATER, "mail_unavailable")
    for _ in range(20):
        post.send()
        post.clock.pass_(hours=3)
    assert len(post.script.sent) == 6
    assert states(post.town, key) == {"email": ("failed", "mail_unavailable", 6)}


def test_what_may_have_left_is_never_sent_again(post: Post) -> None:
    key = post.waiting()

    def fail(_: Delivery) -> Outcome:
        raise RuntimeError("a defect")

    post.script.answer = fail
    post.send()
    post.clock.pass_(hours=24)
    post.send()
    assert len(post.script.sent) == 1
    assert [str(error) for error in post.failures] == ["a defect"]
    assert states(post.town, key) == {"email": ("failed", "notifier_failed", 1)}


def test_a_sender_that_dies_doubles_nothing(post: Post) -> None:
    key = post.waiting()

    def die(_: Delivery) -> Outcome:
        raise KeyboardInterrupt

    post.script.answer = die
    with pytest.raises(KeyboardInterrupt):
        post.send()
    post.clock.pass_(minutes=11)
    post.send()
    post.town.container.give_up_lost()()
    assert len(post.script.sent) == 1
    assert states(post.town, key) == {"email": ("lost", "sender_died", 1)}


def test_a_sender_that_dies_before_it_sends_loses_nothing(post: Post) -> None:
    post.waiting()
    assert len(claim(post.town)) == 1  # and then it dies
    post.send()
    assert post.script.sent == []
    post.clock.pass_(seconds=61)
    post.send()
    assert len(post.script.sent) == 1


def test_what_was_read_meanwhile_is_dropped(post: Post) -> None:
    key = post.waiting()
    post.town.container.read_notifications()(actor=post.ada, ids=[key.notice_id])
    post.send()
    assert post.script.sent == []
    assert states(post.town, key) == {"email": ("dropped", "read", 1)}


def test_a_stream_that_ended_meanwhile_is_not_told_of(post: Post) -> None:
    key = post.waiting()
    with work_of(post.town) as work:
        notice = work.notices.get(key.notice_id)
        assert notice is not None
        work.notices.save(replace(notice, over_at=now()))
    post.send()
    assert post.script.sent == []


def test_a_device_that_is_gone_is_forgotten_and_a_mail_goes_instead(post: Post) -> None:
    notice, device = a_told(post.town, post.ada), a_device(post.town, post.ada)
    key = decided(post.town, notice, post.ada, way="push", device=device, reason="device")
    decided(post.town, notice, post.ada, state=State.SKIPPED, reason="has_device")
    post.script.way = "push"
    post.script.answer = lambda _: Outcome(Verdict.GONE, "push_gone")
    post.send()
    assert states(post.town, key) == {
        "push": ("failed", "push_gone", 1),
        "email": ("waiting", "devices_gone", 0),
    }
    assert post.hints == ["deliveries.email"]
    with post.town.container.begin_devices()() as work:
        assert work.devices.of(post.ada) == []
