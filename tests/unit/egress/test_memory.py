"""The way out in memory."""

from collections.abc import Callable, Sequence
from socket import EAI_NONAME, gaierror

import pytest

from stonks.adapters.egress.refusals import uncertain
from stonks.adapters.memory.egress import Asked, MemoryEgress
from stonks.application.egress.ports import Egress
from stonks.domain.errors import Invalid, Unavailable
from tests.contracts.egress import Answers, EgressContract


def resolve(host: str) -> Sequence[str]:
    if host.endswith(".invalid"):
        raise gaierror(EAI_NONAME, "Name or service not known")
    return ["9.9.9.9"]


class TestMemoryEgress(EgressContract):
    @pytest.fixture
    def egress(self) -> Egress:
        self.kept = MemoryEgress(resolve=resolve)
        return self.kept

    @pytest.fixture
    def strict(self, egress: Egress) -> Egress:
        return egress

    @pytest.fixture
    def url(self) -> str:
        return "https://receiver.example/hook"

    @pytest.fixture
    def answers(self, egress: Egress) -> Answers:
        return self.kept.script.append

    @pytest.fixture
    def asked(self, egress: Egress) -> Callable[[], Sequence[Asked]]:
        return lambda: self.kept.asked


def test_it_fails_where_the_script_says_so_and_answers_201_when_that_is_over() -> None:
    egress = MemoryEgress([uncertain("as asked")])
    with pytest.raises(Unavailable) as told:
        egress.post("https://receiver.example/", b"", {})
    assert told.value.code == "egress_uncertain"
    assert egress.post("https://receiver.example/", b"", {}).status == 201
    assert len(egress.asked) == 2


def test_hosts_lead_where_a_test_says() -> None:
    with pytest.raises(Invalid):
        MemoryEgress(resolve=lambda _: ["10.0.0.1"]).check("https://receiver.example/")
