"""The way out over TLS, to a real receiver."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from stonks.adapters.egress import HttpsEgress
from stonks.adapters.egress.names import Names
from stonks.adapters.memory.egress import Asked
from stonks.application.egress.ports import Answer, Egress
from stonks.domain.errors import Invalid, Unavailable
from tests.contracts.egress import Answers, EgressContract
from tests.integration.egress import asking
from tests.integration.egress.certificates import Authority, new_authority
from tests.integration.egress.conftest import HOST, MakeEgress, to_loopback
from tests.integration.egress.listening import after_reading, again_and_again, listening
from tests.integration.egress.receiver import Receiver, receiving

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


def failure(egress: Egress, url: str, seconds: float = 5) -> str:
    with pytest.raises(Unavailable) as told:
        egress.post(url, b"hello", {}, seconds=seconds)
    return told.value.code


class TestHttpsEgress(EgressContract):
    @pytest.fixture
    def egress(self, make_egress: MakeEgress) -> Egress:
        return make_egress()

    @pytest.fixture
    def strict(self, authority: Authority) -> Egress:
        return HttpsEgress((), Names(to_loopback), authority.trusting())

    @pytest.fixture
    def url(self, receiver: Receiver) -> str:
        return f"{receiver.origin}/hook"

    @pytest.fixture
    def answers(self, receiver: Receiver) -> Answers:
        return receiver.answers.append

    @pytest.fixture
    def asked(self, receiver: Receiver) -> Callable[[], Sequence[Asked]]:
        return lambda: receiver.asked


def test_threads_share_connections(make_egress: MakeEgress, receiver: Receiver) -> None:
    egress = make_egress()
    with ThreadPoolExecutor(4) as threads:
        statuses = list(
            threads.map(lambda _: egress.post(receiver.origin, b"x", {}).status, range(40))
        )
    assert statuses == [201] * 40
    assert len(receiver.asked) == 40
    assert receiver.connections <= 4


def test_a_connection_is_kept_for_its_own_host_alone(
    make_egress: MakeEgress, authority: Authority
) -> None:
    egress = make_egress()
    with receiving("a.example", authority.serving("a.example", "b.example")) as receiver:
        egress.post(receiver.origin, b"", {})
        egress.post(receiver.origin.replace("a.example", "b.example"), b"", {})
        assert receiver.connections == 2


def test_what_was_not_read_to_its_end_is_not_used_again(
    make_egress: MakeEgress, receiver: Receiver
) -> None:
    egress = make_egress()
    receiver.answers.append(Answer(200, {}, b"x" * 100))
    assert egress.post(receiver.origin, b"", {}, largest=10).body == b"x" * 10
    assert egress.post(receiver.origin, b"", {}).status == 201
    assert receiver.connections == 2


def test_a_connection_that_was_closed_meanwhile_is_not_used_again(
    make_egress: MakeEgress, authority: Authority
) -> None:
    closed = Event()

    def answer_once(connection: object, over: Event) -> None:
        after_reading(CREATED, then_hang=False)(connection, over)  # type: ignore[arg-type]
        connection.close()  # type: ignore[attr-defined]
        closed.set()

    egress = make_egress()
    with listening(answer_once, authority.serving(HOST)) as listener:
        for _ in range(3):
            assert egress.post(f"https://{HOST}:{listener.port}", b"", {}).status == 201
            assert closed.wait(10)
            closed.clear()
        assert listener.connections == 3


def test_an_answer_that_was_said_unasked_answers_nothing(
    make_egress: MakeEgress, authority: Authority
) -> None:
    forged = CREATED.replace(b"201", b"200")
    egress = make_egress()
    with listening(after_reading(CREATED + forged), authority.serving(HOST)) as listener:
        for _ in range(2):
            assert egress.post(f"https://{HOST}:{listener.port}", b"", {}).status == 201


HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"


@pytest.mark.parametrize(
    "interim",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 102 Processing\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 199 Whatever\r\n\r\n" + HINTS,
        (b"HTTP/1.1 100 Continue\r\n\r\n" + HINTS) * 20,
    ],
    ids=["100", "102", "103", "199", "many"],
)
def test_answers_of_the_interim_are_read_over_and_the_connection_is_kept(
    make_egress: MakeEgress, authority: Authority, interim: bytes
) -> None:
    """RFC 9110, 15.2: any may come before the answer, asked for or not."""
    said = interim + b"HTTP/1.1 201 Created\r\nX: y\r\nContent-Length: 2\r\n\r\nhi"
    egress = make_egress()
    with listening(again_and_again(said), authority.serving(HOST)) as listener:
        for _ in range(3):
            answer = egress.post(f"https://{HOST}:{listener.port}", b"", {})
            assert answer == Answer(201, {"x": "y", "content-length": "2"}, b"hi")
        assert listener.connections == 1


def test_who_switches_protocols_has_answered_and_is_spoken_to_no_more(
    make_egress: MakeEgress, authority: Authority
) -> None:
    said = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
    egress = make_egress()
    with listening(again_and_again(said), authority.serving(HOST)) as listener:
        for _ in range(2):
            assert egress.post(f"https://{HOST}:{listener.port}", b"", {}).status == 101
        assert listener.connections == 2


def test_http_reaches_allowed_networks(make_egress: MakeEgress) -> None:
    with receiving(HOST, None) as receiver:
        assert make_egress().post(f"{receiver.origin}/a", b"x", {}).status == 201
        assert receiver.asked[0].url == f"{receiver.origin}/a"


@pytest.mark.parametrize("wrong", ["name", "authority", "time", "none"])
def test_a_certificate_that_does_not_prove_the_name_fails(
    make_egress: MakeEgress, authority: Authority, wrong: str
) -> None:
    context = {
        "name": lambda: authority.serving("other.example", "127.0.0.1"),
        "authority": lambda: new_authority(authority.folder).serving(HOST),
        "time": lambda: authority.serving(HOST, ended=True),
        "none": lambda: None,
    }[wrong]()
    with receiving(HOST, context) as receiver:
        url = f"https://{HOST}:{receiver.server_port}/"
        assert failure(make_egress(), url) == "egress_failed"
        assert not receiver.asked


def test_the_certificate_of_an_address_is_checked_too(
    make_egress: MakeEgress, authority: Authority
) -> None:
    with receiving("127.0.0.1", authority.serving("127.0.0.1")) as receiver:
        assert make_egress().post(receiver.origin, b"", {}).status == 201


def test_another_address_is_tried_where_one_does_not_answer(
    make_egress: MakeEgress, receiver: Receiver
) -> None:
    egress = make_egress(lambda _: ["127.0.0.2", "127.0.0.1"])
    assert egress.post(receiver.origin, b"", {}).status == 201


def test_proxies_of_the_environment_are_not_used(
    make_egress: MakeEgress, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    assert make_egress().post(receiver.origin, b"", {}).status == 201


def test_ssrf_dns_that_changes_its_answer_reaches_nothing(
    authority: Authority, receiver: Receiver
) -> None:
    answers = iter([["9.9.9.9"], ["127.0.0.1"]])
    egress = HttpsEgress((), Names(lambda _: next(answers), 0), authority.trusting())
    egress.check(receiver.origin)
    with pytest.raises(Invalid):
        egress.post(receiver.origin, b"", {})
    assert receiver.connections == 0


def test_ssrf_a_host_is_resolved_once_and_what_was_checked_is_connected_to(
    make_egress: MakeEgress, receiver: Receiver
) -> None:
    answers = iter([["127.0.0.1"]])
    egress = make_egress(lambda _: next(answers), seconds_kept=0)
    assert egress.post(receiver.origin, b"", {}).status == 201
    assert next(answers, None) is None


@pytest.mark.parametrize("way", ["gevent", "fork"])
def test_it_works_in_every_kind_of_worker(
    way: str, receiver: Receiver, authority: Authority
) -> None:
    """With gevent in place of threads, and in processes forked after the first request."""
    done = subprocess.run(
        [sys.executable, "-m", asking.__name__, way, receiver.origin, str(authority.bundle)],
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["201"] * 9
    assert len(receiver.asked) == 9
    assert receiver.connections == {"gevent": 4, "fork": 3}[way]
