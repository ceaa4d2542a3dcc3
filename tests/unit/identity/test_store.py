"""The memory store keeps identity's contract, also under races."""

from collections.abc import Sequence

import pytest

from stonks.adapters.memory.identity import IdentityTables
from stonks.application.identity.ports import AuditEntry
from tests.contracts.identity import IdentityContract, IdentityStore
from tests.contracts.identity_races import IdentityRaces
from tests.contracts.password_races import PasswordRaces


class TestMemoryIdentity(IdentityContract):
    @pytest.fixture(autouse=True)
    def _tables(self, identity_tables: IdentityTables) -> None:
        self.tables = identity_tables

    def recorded(self, store: IdentityStore) -> Sequence[AuditEntry]:
        return self.tables.audit.where(lambda row: True)


class TestMemoryIdentityRaces(IdentityRaces):
    pass


class TestMemoryPasswordRaces(PasswordRaces):
    pass
