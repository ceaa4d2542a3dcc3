"""The memory store keeps the contract of personal access tokens."""

import pytest

from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.identity import IdentityTables, MemoryIdentityReads
from stonks.adapters.memory.identity.access_tokens import (
    MemoryAccessTokenReads,
    MemoryAccessTokensWork,
)
from stonks.adapters.memory.mail import MailTables
from tests.contracts.access_tokens import AccessTokensContract, AccessTokenStore


class TestMemoryAccessTokens(AccessTokensContract):
    @pytest.fixture
    def tokens(self, identity_tables: IdentityTables) -> AccessTokenStore:
        database = identity_tables.database
        work = MemoryAccessTokensWork(identity_tables, MailTables(database))
        return AccessTokenStore(
            MemoryBegin(database, work),
            MemoryAccessTokenReads(identity_tables),
            MemoryIdentityReads(identity_tables),
        )
