"""What every kind of issuer promises."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from stonks.application.identity.external.ports import Issuers, IssuerView, Question, Returned
from stonks.domain.errors import NotFound, Unauthenticated
from stonks.domain.identity.external_flow import ExternalFlow
from tests.contracts.external import a_flow

AskForCode = Callable[[Question], str]
QUESTION = Question(state="s" * 43, nonce="n" * 43, verifier="v" * 43)


def flow_of(question: Question, provider: str = "acme") -> ExternalFlow:
    return replace(a_flow(), provider=provider, nonce=question.nonce, verifier=question.verifier)


class IssuersContract:
    """``Issuers``. Subclasses give ``issuers``, of which one is ``acme`` (Acme), and
    ``ask_for_code``: what Acme gives to somebody who was sent there with this question.
    """

    def test_they_are_listed_as_they_were_set(self, issuers: Issuers) -> None:
        assert list(issuers.listed) == [IssuerView("acme", "Acme")]
        assert issuers.view("acme") == IssuerView("acme", "Acme")

    def test_others_are_unknown(self, issuers: Issuers) -> None:
        asked: list[Callable[[], object]] = [
            lambda: issuers.view("nobody"),
            lambda: issuers.address("nobody", QUESTION),
            lambda: issuers.vouch(flow_of(QUESTION, "nobody"), Returned("code", None, None)),
        ]
        for ask in asked:
            with pytest.raises(NotFound) as refusal:
                ask()
            assert refusal.value.code == "unknown_provider"

    def test_the_state_is_sent_along_and_the_verifier_is_not(self, issuers: Issuers) -> None:
        address = issuers.address("acme", QUESTION)
        assert parse_qs(urlsplit(address).query)["state"] == [QUESTION.state]
        assert QUESTION.verifier not in address

    def test_a_code_tells_who_somebody_is_once(
        self, issuers: Issuers, ask_for_code: AskForCode
    ) -> None:
        returned = Returned(ask_for_code(QUESTION), None, None)
        vouched = issuers.vouch(flow_of(QUESTION), returned)
        assert vouched.subject
        assert vouched.issuer
        assert (vouched.email, vouched.is_email_verified) == ("mara@elsewhere.example", True)
        assert (vouched.full_name, vouched.username) == ("Mara Lindqvist", "mara")
        with pytest.raises(Unauthenticated) as refusal:
            issuers.vouch(flow_of(QUESTION), returned)
        assert refusal.value.code == "sign_in_refused"

    @pytest.mark.parametrize(
        ("returned", "code"),
        [
            (Returned(None, "access_denied", None), "sign_in_cancelled"),
            (Returned(None, "server_error", None), "sign_in_refused"),
            (Returned(None, None, None), "sign_in_refused"),
            (Returned("", None, None), "sign_in_refused"),
            (Returned("made up", None, None), "sign_in_refused"),
        ],
    )
    def test_whoever_brings_no_good_code_is_refused(
        self, issuers: Issuers, returned: Returned, code: str
    ) -> None:
        with pytest.raises(Unauthenticated) as refusal:
            issuers.vouch(flow_of(QUESTION), returned)
        assert refusal.value.code == code
