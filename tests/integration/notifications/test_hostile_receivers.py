"""Push services and mail servers that hang, drip, refuse and lie; everybody else is told."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from stonks.domain.ids import NoticeId
from tests.contracts.mailer import read
from tests.integration.egress.listening import (
    Listener,
    Talk,
    after_reading,
    drip,
    endless,
    listening,
    say_nothing,
)
from tests.integration.notifications.crowd import Crowd, Follower, new_crowd
from tests.integration.notifications.tally import pushes, tally, trace
from tests.integration.notifications.works import Works
from tests.integration.waiting import wait_until

CREATED = b"HTTP/1.1 201 Created\r\n"
EMPTY = b"Content-Length: 0\r\n\r\n"
SLOW: Mapping[str, Talk] = {
    "hangs": say_nothing,
    "drips": drip(CREATED + b"X-Drip: " + b"x" * 1000),
}
SLOW_ONES = 120  # far more than are sent side by side


def says(status: bytes, more: bytes = b"") -> Talk:
    return after_reading(b"HTTP/1.1 " + status + b" X\r\n" + more + EMPTY)


QUICK: Mapping[str, tuple[Talk, tuple[str, str]]] = {
    "forever": (endless(CREATED + b"\r\n", b"x" * 65536), ("sent", "device")),
    "redirects": (says(b"307", b"Location: http://127.0.0.1/\r\n"), ("failed", "push_refused")),
    "forbids": (says(b"403"), ("failed", "push_unauthorized")),
    "forgot": (says(b"410"), ("failed", "push_gone")),
    "fails": (says(b"500"), ("waiting", "push_unavailable")),
    "limits": (says(b"429", b"Retry-After: 70\r\n"), ("waiting", "push_limited")),
}


@dataclass(slots=True)
class Services:
    """Hostile ones, and followers whose browsers are registered there."""

    crowd: Crowd
    listeners: dict[str, Listener]
    victims: dict[str, Sequence[Follower]]

    def __init__(self, crowd: Crowd, stack: ExitStack) -> None:
        self.crowd, self.listeners, self.victims = crowd, {}, {}
        talks = {**SLOW, **{kind: talk for kind, (talk, _) in QUICK.items()}}
        for kind, talk in talks.items():
            self.listeners[kind] = stack.enter_context(listening(talk))
            self.follow(kind, SLOW_ONES if kind in SLOW else 1)

    def follow(self, kind: str, many: int) -> None:
        self.victims[kind] = self.crowd.add(kind, many, port=self.listeners[kind].port)
        for victim in self.victims[kind]:
            self.crowd.followers.remove(victim)

    def states(self, kind: str, notice: NoticeId) -> set[tuple[str, str]]:
        traces = [trace(self.crowd.works, one, notice) for one in self.victims[kind]]
        return {found.get("push", ("", "")) for found in traces}


def test_hostile_push_services_hold_up_nobody_else(works: Works) -> None:
    with ExitStack() as stack:
        crowd = new_crowd(works)
        services = Services(crowd, stack)
        crowd.add("pushed", 50)  # after those who hang, whose turn comes first
        crowd.add("mailed", 10)
        notice = crowd.go_live()
        wait_until(lambda: tally(crowd, notice).sent == 60, "everybody else is told")
        tally(crowd, notice).check(f"{SLOW_ONES} who hang, {SLOW_ONES} who drip, {list(QUICK)}")
        for kind, (_, expected) in QUICK.items():
            wait_until(
                lambda k=kind, e=expected: services.states(k, notice) == {e}, f"{kind} is told of"
            )
            assert services.listeners[kind].connections == 1
        (forgotten,) = services.victims["forgot"]
        wait_until(
            lambda: trace(works, forgotten, notice)["email"] == ("sent", "devices_gone"),
            "a mail goes instead",
        )
        for kind in SLOW:
            assert services.states(kind, notice) <= {
                ("failed", "push_uncertain"),
                ("waiting", "push_unreachable"),
                ("waiting", "device"),
                ("leaving", "device"),
            }
            assert services.listeners[kind].connections < SLOW_ONES, "the others are spared it"
        crowd.stop()
        works.settle_after_deaths()


def test_a_mail_server_that_refuses_hangs_up_or_is_away_holds_up_no_push(works: Works) -> None:
    crowd = new_crowd(works, mailed=20)
    greeted = f"{crowd.host.username}@example.org"
    wait_until(lambda: bool(works.postbox.to(greeted)), "the HOST has their own mail")
    works.postbox.answers = ["451 later", "hang up", "554 spam"]
    notice = crowd.go_live()
    expected = {
        ("sent", "offline"),
        ("waiting", "mail_unavailable"),
        ("failed", "mail_uncertain"),
        ("failed", "mail_refused"),
    }
    wait_until(lambda: states(crowd, notice) == expected, "each is told what became of it")
    with works.without_mail():
        another = new_crowd(works, mailed=5, pushed=30)
        later = another.go_live()
        pushed = [one for one in another.followers if one.kind == "pushed"]
        wait_until(lambda: all(pushes(works, one, later) for one in pushed), "pushes arrive")
        wait_until(
            lambda: states(another, later) == {("waiting", "mail_unavailable")}, "mails wait"
        )
    works.settle_after_deaths()
    tally(another, later).check("a mail server that is away")
    assert len(arrived(works)) == len(set(arrived(works))), "no mail is doubled"
    assert states(crowd, notice) == expected - {("waiting", "mail_unavailable")} | {
        ("sent", "retried")
    }


def states(crowd: Crowd, notice: NoticeId) -> set[tuple[str, str]]:
    """Of all mails."""
    mailed = [one for one in crowd.followers if one.kind == "mailed"]
    return {trace(crowd.works, one, notice).get("email", ("", "")) for one in mailed}


def arrived(works: Works) -> list[str]:
    return [str(read(mail)["Message-ID"]) for mail in works.postbox.delivered]
