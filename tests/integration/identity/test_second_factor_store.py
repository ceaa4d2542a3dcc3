"""PostgreSQL keeps the contract of second factors, also under races."""

import pytest
from sqlalchemy import Engine

from stonks.adapters.postgres.identity.second_factors import PostgresSecondFactorReads
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.second_factors.ports import SecondFactorReads
from tests.contracts.second_factor_races import SecondFactorRaces
from tests.contracts.second_factors import SecondFactorsContract


class TestPostgresSecondFactors(SecondFactorsContract):
    @pytest.fixture
    def factors_of(self, engine: Engine) -> SecondFactorReads:
        return PostgresSecondFactorReads(Reads(engine))


class TestPostgresSecondFactorRaces(SecondFactorRaces):
    pass
