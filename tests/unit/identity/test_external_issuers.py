"""Issuers in memory."""

import pytest

from stonks.adapters.memory.identity.issuers import MemoryIssuers
from stonks.application.identity.external.ports import Question, Vouched
from tests.contracts.issuers import AskForCode, IssuersContract

MARA = Vouched(
    issuer="https://acme.example",
    subject="248289761001",
    email="mara@elsewhere.example",
    is_email_verified=True,
    full_name="Mara Lindqvist",
    username="mara",
)


class TestMemoryIssuers(IssuersContract):
    @pytest.fixture
    def issuers(self) -> MemoryIssuers:
        return MemoryIssuers({"acme": "Acme"})

    @pytest.fixture
    def ask_for_code(self, issuers: MemoryIssuers) -> AskForCode:
        def ask(_: Question) -> str:
            issuers.codes["a code"] = MARA
            return "a code"

        return ask
