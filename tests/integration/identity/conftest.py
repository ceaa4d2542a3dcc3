"""An empty PostgreSQL for each test of identity."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from stonks.adapters.postgres.engine import postgres_engine
from stonks.adapters.postgres.identity import PostgresIdentityReads
from stonks.adapters.postgres.identity.access_tokens import PostgresAccessTokensWork
from stonks.adapters.postgres.work import PostgresBegin, Reads
from tests.contracts.identity import IdentityStore


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = postgres_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text('TRUNCATE "Profile", audit CASCADE'))
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> IdentityStore:
    begin = PostgresBegin(engine, PostgresAccessTokensWork)
    return IdentityStore(begin, PostgresIdentityReads(Reads(engine)))
