"""PostgreSQL keeps identity's contract, also under races."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, select

from stonks.adapters.postgres.tables.identity import audit
from stonks.application.identity.ports import AuditEntry
from tests.contracts.identity import IdentityContract, IdentityStore
from tests.contracts.identity_races import IdentityRaces
from tests.contracts.password_races import PasswordRaces


class TestPostgresIdentity(IdentityContract):
    @pytest.fixture(autouse=True)
    def _engine(self, engine: Engine) -> None:
        self.engine = engine

    def recorded(self, store: IdentityStore) -> Sequence[AuditEntry]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.at, audit.c.id))
            return [AuditEntry(**row._mapping) for row in rows]


class TestPostgresIdentityRaces(IdentityRaces):
    pass


class TestPostgresPasswordRaces(PasswordRaces):
    pass
