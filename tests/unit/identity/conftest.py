"""Identity in memory."""

import pytest

from stonks.adapters.memory.database import Database, MemoryBegin
from stonks.adapters.memory.identity import (
    IdentityTables,
    MemoryIdentityReads,
)
from stonks.adapters.memory.identity.access_tokens import MemoryAccessTokensWork
from stonks.adapters.memory.mail import MailTables
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import IdentityCases


@pytest.fixture
def identity_tables() -> IdentityTables:
    return IdentityTables(Database())


@pytest.fixture
def store(identity_tables: IdentityTables) -> IdentityStore:
    database = identity_tables.database
    begin = MemoryBegin(database, MemoryAccessTokensWork(identity_tables, MailTables(database)))
    return IdentityStore(begin, MemoryIdentityReads(identity_tables))


@pytest.fixture
def cases(store: IdentityStore) -> IdentityCases:
    return IdentityCases(store)
