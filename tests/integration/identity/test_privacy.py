"""Nobody learns by the clock who has an account."""

import os
from collections.abc import Callable
from itertools import count
from statistics import median
from time import perf_counter

import pytest
import requests

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.people import call, sign_up

numbers = count(1)
PATHS = ["login", "password/forgot", "email/start", "email/resend"]


class Asker:
    """Asks one path about a person there is, or about one there is not."""

    def __init__(self, server: RunningServer, path: str) -> None:
        self.path = path
        self.url = f"{server.url}/api/v1/auth/{path}"
        self.known, self.unknown = f"clock{next(numbers)}", f"nobody{next(numbers)}"
        self.other = f"other{next(numbers)}"
        self.session = requests.Session()
        sign_up(server, self.known)

    def __call__(self, name: str) -> float:
        """How many seconds the answer takes."""
        body = {"email": f"{name}@example.org"}
        if self.path == "login":
            body = {"login": name, "password": "not the bottles"}
        started = perf_counter()
        answer = self.session.post(self.url, json=body, timeout=20)
        took = perf_counter() - started
        assert answer.status_code in (202, 204, 401), answer.text
        return took


def ratios(ask: Asker, rounds: int) -> tuple[float, float]:
    """How much longer the median takes than for an unknown account: a known one, and another
    unknown one, which is what chance makes. Asked in turns: a noisy minute falls on all.
    """
    names = [ask.known, ask.unknown, ask.other]
    took: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names[number % 3 :] + names[: number % 3]:
            took[name].append(ask(name))
    known, unknown, other = (median(took[name]) for name in names)
    return known / unknown, other / unknown


@pytest.mark.parametrize("path", PATHS)
def test_by_the_clock_nobody_tells_a_known_account_from_an_unknown_one(
    two_servers: tuple[RunningServer, RunningServer], path: str
) -> None:
    """Loosely, on any machine: what left out its work would take a fraction of the time."""
    ask = Asker(two_servers[0], path)
    ratios(ask, 3)  # what is slow the first time only
    found: list[float] = []
    while len(found) < 5:
        found.append(ratios(ask, 15)[0])
        if 0.6 < found[-1] < 1.67:
            return
    raise AssertionError(f"{path}: a known account takes {found} times as long")


@pytest.mark.soak
@pytest.mark.skipif("STONKS_TEST_SOAK" not in os.environ, reason="a figure: make soak takes it")
@pytest.mark.parametrize("path", PATHS)
def test_by_the_clock_medians_are_within_5_percent(
    serve: Servers, path: str, times: Callable[[int], int]
) -> None:
    ask = Asker(serve(), path)
    ratios(ask, 10)
    found = [ratios(ask, times(60)) for _ in range(3)]
    known = median(known for known, _ in found)
    chance = max(abs(other - 1) for _, other in found)
    print(f"{path}: {known:.3f}, by chance up to {chance:.3f} from 1")
    assert abs(known - 1) < max(0.05, 2 * chance)


def test_no_answer_waits_for_a_mail_to_leave(serve: Servers) -> None:
    """An outage of the mail's server would tell who has an account."""
    server = serve(mail_url="smtp://127.0.0.1:9")
    sign_up(server, "waiting")
    body = {"email": "waiting@example.org"}
    answer = call(server, "POST", "/auth/password/forgot", json=body, expected=(202, 204))
    assert answer.elapsed.total_seconds() < 10
