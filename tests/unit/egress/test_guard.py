"""What may be asked, by what hosts resolve to."""

from collections.abc import Sequence
from ipaddress import ip_network
from socket import EAI_AGAIN, EAI_NONAME, gaierror
from threading import Event, Semaphore

import pytest

from stonks.adapters.egress.addresses import Network
from stonks.adapters.egress.guard import Guard
from stonks.adapters.egress.names import MOST_ASKED, Names
from stonks.adapters.egress.urls import read_url
from stonks.domain.errors import Invalid, Refusal, Unavailable

PUBLIC, PRIVATE = "9.9.9.9", "10.0.0.1"
HTTPS, HTTP = "https://a.example/", "http://a.example/"


def guard(*addresses: str, allowed: str = "") -> Guard:
    networks: tuple[Network, ...] = tuple(map(ip_network, allowed.split()))
    return Guard(Names(lambda _: addresses), networks)


def is_let_out(by: Guard, url: str) -> bool:
    target = read_url(url)
    try:
        by.check(target)
    except Invalid:
        with pytest.raises(Invalid):
            by.addresses(target, 1)
        return False
    assert by.addresses(target, 1)
    return True


@pytest.mark.parametrize(
    "addresses",
    [
        *((PRIVATE,), (PUBLIC, PRIVATE), (PRIVATE, PUBLIC), ("2a00::1", PRIVATE)),
        *((PUBLIC, "::1"), (PUBLIC, "::ffff:10.0.0.1"), ("2a00::1", "fe80::1%eth0")),
    ],
)
def test_ssrf_one_bad_address_among_good_ones_refuses(addresses: tuple[str, ...]) -> None:
    assert not is_let_out(guard(*addresses), HTTPS)


def test_public_addresses_are_let_out_over_tls_alone() -> None:
    assert is_let_out(guard(PUBLIC, "2a00::1"), HTTPS)
    assert not is_let_out(guard(PUBLIC), HTTP)
    assert not is_let_out(guard(PUBLIC, allowed="10.0.0.0/8"), HTTP)


def test_an_allowed_network_is_reached_by_both() -> None:
    assert is_let_out(guard(PRIVATE, allowed="10.0.0.0/8"), HTTPS)
    assert is_let_out(guard(PRIVATE, allowed="10.0.0.0/8"), HTTP)
    assert is_let_out(guard(PRIVATE, "fd00::1", allowed="10.0.0.0/8 fd00::/8"), HTTP)
    assert is_let_out(guard(PRIVATE, PUBLIC, allowed="10.0.0.0/8"), HTTPS)
    assert not is_let_out(guard(PRIVATE, PUBLIC, allowed="10.0.0.0/8"), HTTP)
    assert not is_let_out(guard("192.168.0.1", allowed="10.0.0.0/8"), HTTPS)
    assert not is_let_out(guard("::ffff:10.0.0.1", allowed="10.0.0.0/8"), HTTPS)


def refusing(by: Guard, url: str = HTTPS) -> Refusal:
    with pytest.raises(Refusal) as told:
        by.check(read_url(url))
    return told.value


def raising(error: Exception) -> Guard:
    def resolve(_: str) -> Sequence[str]:
        raise error

    return Guard(Names(resolve))


@pytest.mark.parametrize(
    "nowhere",
    [
        guard(),
        raising(gaierror(EAI_NONAME, "Name or service not known")),
        raising(UnicodeError("label empty or too long")),
    ],
    ids=["no-address", "unknown", "no-name"],
)
def test_ssrf_nobody_learns_which_names_there_are_inside(nowhere: Guard) -> None:
    inside = refusing(guard(PRIVATE))
    assert isinstance(inside, Invalid)
    told = refusing(nowhere)
    assert (told.code, told.detail) == (inside.code, inside.detail)
    with pytest.raises(Unavailable) as failed:
        nowhere.addresses(read_url(HTTPS), 1)
    assert (failed.value.code, failed.value.detail) == ("egress_nowhere", inside.detail)


def test_by_http_the_same_is_said_of_both() -> None:
    words = {
        refusing(guard(*one, allowed="10.0.0.0/24"), HTTP).detail for one in ((), ("10.9.9.9",))
    }
    assert words == {"the address is no https URL"}


def test_a_resolver_in_trouble_is_no_answer() -> None:
    told = refusing(raising(gaierror(EAI_AGAIN, "Temporary failure in name resolution")))
    assert (told.code, isinstance(told, Unavailable)) == ("egress_unresolved", True)


def test_ssrf_a_name_that_turns_to_another_address_is_checked_again() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    turning = Guard(Names(lambda _: next(answers), seconds_kept=0))
    turning.check(read_url(HTTPS))
    with pytest.raises(Invalid):
        turning.addresses(read_url(HTTPS), 1)


def test_names_are_asked_once_in_a_while() -> None:
    asked: list[str] = []
    at = 0.0

    def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return [PUBLIC, PUBLIC]

    names = Names(resolve, seconds_kept=30, clock=lambda: at)
    assert [str(each) for each in names.addresses("a", 1)] == [PUBLIC]
    at = 29.0
    names.addresses("a", 1)
    assert asked == ["a"]
    at = 30.0
    names.addresses("a", 1)
    names.addresses("b", 1)
    assert asked == ["a", "a", "b"]


def test_a_failure_is_not_kept() -> None:
    answers: list[Sequence[str]] = [[], [PUBLIC]]
    names = Names(lambda _: answers.pop(0))
    with pytest.raises(OSError, match="no address"):
        names.addresses("a", 1)
    assert names.addresses("a", 1)


def test_a_resolver_that_hangs_is_left() -> None:
    over = Event()
    names = Names(lambda _: [PUBLIC] if over.wait(30) else [])
    with pytest.raises(TimeoutError):
        names.addresses("a", 0.01)
    over.set()


def test_denial_a_resolver_that_hangs_is_asked_for_few_names_at_a_time() -> None:
    over, asked = Event(), Semaphore(0)

    def resolve(host: str) -> Sequence[str]:
        asked.release()
        over.wait(30)
        return [PUBLIC]

    names = Names(resolve)
    for number in range(MOST_ASKED + 5):
        with pytest.raises(TimeoutError):
            names.addresses(f"{number}.example", 0.001)
    for _ in range(MOST_ASKED):
        assert asked.acquire(timeout=30)
    assert not asked.acquire(blocking=False)
    over.set()
    assert names.addresses("late.example", 30)
