"""A DNS server that changes its answer is no way inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from socket import AF_INET, SOCK_DGRAM, socket

import pytest

from stonks.adapters.egress import HttpsEgress, guard, pool
from stonks.adapters.egress.names import SECONDS_KEPT, Names
from stonks.domain.errors import Invalid, Refusal, Unavailable
from tests.contracts.addresses import LED_TO
from tests.integration.egress.certificates import Authority
from tests.integration.egress.conftest import HERE, HOST
from tests.integration.egress.dns_client import DnsResolver
from tests.integration.egress.dns_server import (
    BROKEN,
    NOWHERE,
    SILENT,
    DnsServer,
    Says,
    dns_server,
)
from tests.integration.egress.receiver import Receiver

GOOD, METADATA, PRIVATE = "127.0.0.1", "169.254.169.254", "10.0.0.1"
"""Loopback is what the way out is allowed here; ::1 is not."""
CHAIN = ("a.example", "b.example", "c.example")
HUNDRED = tuple(f"127.0.1.{number}" for number in range(1, 100))


@dataclass(slots=True)
class Way:
    """A way out whose names are a DNS server's, and whose time is a test's."""

    dns: DnsServer
    receiver: Receiver
    egress: HttpsEgress
    at: list[float]

    def post(self, seconds: float = 10) -> int:
        return self.egress.post(self.receiver.origin, b"", {}, seconds=seconds).status

    def refused(self, seconds: float = 10) -> Refusal:
        with pytest.raises(Refusal) as told:
            self.post(seconds)
        return told.value

    @property
    def lookups(self) -> int:
        return self.dns.lookups[HOST]


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    with dns_server() as server:
        yield server


@pytest.fixture
def way(dns: DnsServer, receiver: Receiver, authority: Authority) -> Way:
    at = [0.0]
    names = Names(DnsResolver(dns.port), clock=lambda: at[0])
    return Way(dns, receiver, HttpsEgress(HERE, names, authority.trusting()), at)


def assert_forbidden(way: Way, told: Refusal) -> None:
    assert isinstance(told, Invalid)
    assert told.code == "egress_forbidden"
    assert told.detail == "the address leads to where nothing public is"
    assert way.receiver.asked == []


def test_a_name_is_asked_for_once_a_request(way: Way) -> None:
    way.dns.says(HOST, [GOOD], [METADATA])
    assert way.post() == 201
    assert way.lookups == 1
    (asked,) = way.receiver.asked
    assert asked.url == f"{way.receiver.origin}/"


def test_ssrf_what_was_checked_is_what_is_connected_to_whatever_is_said_next(way: Way) -> None:
    """An answer that is good once, and bad from the next question on."""
    way.dns.says(HOST, [GOOD], [METADATA])
    way.egress.check(way.receiver.origin)
    assert way.post() == 201
    assert way.lookups == 1


@pytest.mark.parametrize("bad", [METADATA, PRIVATE, "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
@pytest.mark.parametrize("beside", [(), (GOOD,)], ids=["alone", "beside-a-good-one"])
def test_ssrf_rebinding_after_it_was_saved_reaches_nothing(
    way: Way, bad: str, beside: Sequence[str]
) -> None:
    way.dns.says(HOST, [GOOD], [*beside, bad])
    way.egress.check(way.receiver.origin)
    way.at[0] = SECONDS_KEPT
    assert_forbidden(way, way.refused())
    assert way.receiver.connections == 0


@pytest.mark.parametrize("form", [form for form in LED_TO if "%" not in LED_TO[form]])
def test_ssrf_every_form_of_an_address_inside_is_refused_as_dns_tells_it(
    dns: DnsServer, form: str
) -> None:
    """With no network allowed; in a record of its own and beside a public address."""
    egress = HttpsEgress((), Names(DnsResolver(dns.port), seconds_kept=0))
    for told in ([LED_TO[form]], ["9.9.9.9", LED_TO[form]]):
        dns.says(HOST, told)
        with pytest.raises(Invalid) as refused:
            egress.post(f"https://{HOST}/", b"", {})
        assert refused.value.code == "egress_forbidden"
    assert dns.lookups[HOST] == 2


@pytest.mark.parametrize(
    ("turned", "code"),
    [
        ([METADATA], "egress_forbidden"),
        ([GOOD, METADATA], "egress_forbidden"),
        (NOWHERE, "egress_nowhere"),
        (BROKEN, "egress_failed"),
    ],
    ids=["bad", "both", "gone", "broken"],
)
def test_ssrf_a_connection_that_is_open_still_is_no_way_around(
    way: Way, turned: Says | Sequence[str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "SECONDS_IDLE", 3600.0)  # however slow this machine is
    way.dns.says(HOST, [GOOD], turned)
    assert [way.post(), way.post()] == [201, 201]
    assert (way.lookups, way.receiver.connections) == (1, 1)
    way.at[0] = SECONDS_KEPT
    assert way.refused().code == code
    assert len(way.receiver.asked) == 2
    way.dns.says(HOST, [GOOD])
    way.at[0] = 2 * SECONDS_KEPT
    assert way.post() == 201
    assert way.receiver.connections == 1, "it was open all the time"


def test_an_answer_is_kept_for_30_seconds_though_it_says_none(way: Way) -> None:
    way.dns.says(HOST, [GOOD], [METADATA])
    for at in (0.0, 10.0, SECONDS_KEPT - 0.001):
        way.at[0] = at
        assert way.post() == 201
    assert way.lookups == 1
    way.at[0] = SECONDS_KEPT
    way.refused()
    assert (way.lookups, SECONDS_KEPT) == (2, 30.0)


def test_ssrf_an_address_that_was_refused_is_refused_while_it_is_kept(way: Way) -> None:
    """And not tried again until chance lets it through."""
    way.dns.says(HOST, [METADATA], [GOOD])
    for _ in range(3):
        assert_forbidden(way, way.refused())
    assert way.lookups == 1


@pytest.mark.parametrize(
    "says", [NOWHERE, Says(), Says((), CHAIN)], ids=["no-name", "empty", "alias"]
)
def test_ssrf_what_leads_nowhere_is_refused_as_what_leads_inside(way: Way, says: Says) -> None:
    way.dns.says(HOST, says)
    with pytest.raises(Invalid) as told:
        way.egress.check(way.receiver.origin)
    assert_forbidden(way, told.value)
    refused = way.refused()
    assert (refused.code, refused.detail) == ("egress_nowhere", told.value.detail)


def test_a_server_in_trouble_is_no_answer_and_the_next_may_be_one(way: Way) -> None:
    way.dns.says(HOST, BROKEN, BROKEN, [GOOD])
    with pytest.raises(Unavailable) as told:
        way.egress.check(way.receiver.origin)
    assert told.value.code == "egress_unresolved"
    assert way.refused().code == "egress_failed"
    assert way.post() == 201


def test_a_server_that_is_silent_is_left_after_the_time_of_the_request(way: Way) -> None:
    way.dns.says(HOST, SILENT, [GOOD])
    assert way.refused(seconds=0.2).code == "egress_failed"
    assert way.post() == 201


def test_whether_it_may_be_saved_is_not_known_while_a_server_is_silent(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "SECONDS_TO_CHECK", 0.2)
    way.dns.says(HOST, SILENT, [GOOD])
    with pytest.raises(Unavailable) as told:
        way.egress.check(way.receiver.origin)
    assert told.value.code == "egress_unresolved"
    monkeypatch.undo()
    way.egress.check(way.receiver.origin)


def test_a_server_that_is_not_there_is_no_answer(way: Way) -> None:
    with socket(AF_INET, SOCK_DGRAM) as gone:
        gone.bind((GOOD, 0))
        port: int = gone.getsockname()[1]
    egress = HttpsEgress(HERE, Names(DnsResolver(port)))
    with pytest.raises(Unavailable) as told:
        egress.check(way.receiver.origin)
    assert told.value.code == "egress_unresolved"


def test_a_chain_of_names_is_followed_to_its_end(way: Way) -> None:
    way.dns.says(HOST, Says([GOOD], CHAIN))
    assert way.post() == 201
    assert way.lookups == 1


@pytest.mark.parametrize("inside", [METADATA, "::1", "fd00:ec2::254"])
def test_ssrf_a_chain_of_names_that_ends_inside_is_refused(way: Way, inside: str) -> None:
    way.dns.says(HOST, Says([inside], CHAIN))
    assert_forbidden(way, way.refused())


def test_of_a_hundred_addresses_a_few_are_tried(way: Way) -> None:
    way.dns.says(HOST, [GOOD, *HUNDRED])
    assert way.post() == 201
    way.dns.says(HOST, [*HUNDRED, GOOD])
    way.at[0] = SECONDS_KEPT
    assert way.refused().code == "egress_failed"


@pytest.mark.parametrize("where", [0, 50, 99])
def test_ssrf_one_bad_address_among_a_hundred_is_enough(way: Way, where: int) -> None:
    way.dns.says(HOST, [*HUNDRED[:where], METADATA, *HUNDRED[where:], GOOD])
    assert_forbidden(way, way.refused())
    assert way.receiver.connections == 0
