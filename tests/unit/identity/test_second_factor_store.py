"""The memory store keeps the contract of second factors, also under races."""

import pytest

from stonks.adapters.memory.identity import IdentityTables
from stonks.adapters.memory.identity.second_factors import MemorySecondFactorReads
from stonks.application.identity.second_factors.ports import SecondFactorReads
from tests.contracts.second_factor_races import SecondFactorRaces
from tests.contracts.second_factors import SecondFactorsContract


class TestMemorySecondFactors(SecondFactorsContract):
    @pytest.fixture
    def factors_of(self, identity_tables: IdentityTables) -> SecondFactorReads:
        return MemorySecondFactorReads(identity_tables.second_factors)


class TestMemorySecondFactorRaces(SecondFactorRaces):
    pass
