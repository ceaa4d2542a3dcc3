"""The memory store keeps the contract of sessions' care."""

import pytest

from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.identity import (
    IdentityTables,
    MemoryIdentityReads,
    MemoryIdentityWork,
)
from stonks.adapters.memory.identity.access_tokens import MemoryAccessTokensWork
from stonks.adapters.memory.identity.session_care import MemorySessionReads
from stonks.adapters.memory.mail import MailTables
from tests.contracts.session_care import SessionCareContract, SessionCareStore


class TestMemorySessionCare(SessionCareContract):
    @pytest.fixture
    def care(self, identity_tables: IdentityTables) -> SessionCareStore:
        database = identity_tables.database
        mails = MailTables(database)
        return SessionCareStore(
            MemoryBegin(database, MemoryIdentityWork(identity_tables, mails)),
            MemoryBegin(database, MemoryAccessTokensWork(identity_tables, mails)),
            MemorySessionReads(identity_tables),
            MemoryIdentityReads(identity_tables),
        )
