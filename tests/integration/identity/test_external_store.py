"""Identities elsewhere, on PostgreSQL."""

import pytest
from sqlalchemy import Engine, text

from tests.contracts.external import ExternalContract
from tests.contracts.identity import IdentityStore


class TestPostgresExternal(ExternalContract):
    @pytest.fixture(autouse=True)
    def _empty(self, engine: Engine, store: IdentityStore) -> None:
        with engine.begin() as connection:
            connection.execute(text("TRUNCATE external_flows, entry_codes"))
