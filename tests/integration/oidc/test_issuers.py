"""Issuers by OpenID Connect."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from stonks.adapters.oidc import OidcClient, OidcIssuers
from stonks.application.identity.external.ports import Question
from tests.contracts.issuers import AskForCode, IssuersContract
from tests.integration.oidc.provider import CLIENT_ID, CLIENT_SECRET, Provider


class TestOidcIssuers(IssuersContract):
    @pytest.fixture
    def issuers(self, provider: Provider) -> OidcIssuers:
        provider.user |= {"email": "mara@elsewhere.example", "preferred_username": "mara"}
        client = OidcClient(
            name="acme",
            label="Acme",
            issuer=provider.url,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            scopes="openid email profile",
            redirect_uri="https://stonks.example/callback",
        )
        return OidcIssuers([client])

    @pytest.fixture
    def ask_for_code(self, issuers: OidcIssuers) -> AskForCode:
        def ask(question: Question) -> str:
            address = issuers.address("acme", question)
            there = requests.get(address, allow_redirects=False, timeout=30)
            return parse_qs(urlsplit(there.headers["Location"]).query)["code"][0]

        return ask
