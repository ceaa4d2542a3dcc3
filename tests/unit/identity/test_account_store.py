"""The memory store keeps the contract of accounts."""

import pytest

from stonks.adapters.memory.identity import IdentityTables
from stonks.adapters.memory.identity.accounts import MemoryAccountReads
from tests.contracts.accounts import AccountsContract, AccountStore
from tests.contracts.identity import IdentityStore


class TestMemoryAccounts(AccountsContract):
    @pytest.fixture
    def accounts(self, store: IdentityStore, identity_tables: IdentityTables) -> AccountStore:
        return AccountStore(store, store.begin, MemoryAccountReads(identity_tables))  # type: ignore[arg-type]
