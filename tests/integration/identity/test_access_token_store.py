"""PostgreSQL keeps the contract of personal access tokens."""

import pytest
from sqlalchemy import Engine

from stonks.adapters.postgres.identity import PostgresIdentityReads
from stonks.adapters.postgres.identity.access_tokens import (
    PostgresAccessTokenReads,
    PostgresAccessTokensWork,
)
from stonks.adapters.postgres.work import PostgresBegin, Reads
from tests.contracts.access_tokens import AccessTokensContract, AccessTokenStore


class TestPostgresAccessTokens(AccessTokensContract):
    @pytest.fixture
    def tokens(self, engine: Engine) -> AccessTokenStore:
        reads = Reads(engine)
        begin = PostgresBegin(engine, PostgresAccessTokensWork)
        return AccessTokenStore(
            begin, PostgresAccessTokenReads(reads), PostgresIdentityReads(reads)
        )
