"""Identity in memory."""

import pytest

from stonks.adapters.memory.database import Database, MemoryBegin
from stonks.adapters.memory.identity import (
    IdentityTables,
    MemoryIdentityReads,
    MemoryIdentityWork,
)
from tests.contracts.identity import IdentityStore
from tests.contracts.identity_cases import IdentityCases


@pytest.fixture
def identity_tables() -> IdentityTables:
    return IdentityTables(Database())


@pytest.fixture
def store(identity_tables: IdentityTables) -> IdentityStore:
    begin = MemoryBegin(identity_tables.database, MemoryIdentityWork(identity_tables))
    return IdentityStore(begin, MemoryIdentityReads(identity_tables))


@pytest.fixture
def cases(store: IdentityStore) -> IdentityCases:
    return IdentityCases(store)
