"""PostgreSQL keeps the contract of sessions' care, and leaves what others hold."""

import pytest
from sqlalchemy import Engine

from stonks.adapters.postgres.identity import PostgresIdentityReads, PostgresIdentityWork
from stonks.adapters.postgres.identity.access_tokens import PostgresAccessTokensWork
from stonks.adapters.postgres.identity.session_care import PostgresSessionReads
from stonks.adapters.postgres.work import PostgresBegin, Reads
from tests.contracts.identity import NOW
from tests.contracts.session_care import MINUTE, USED, SessionCareContract, SessionCareStore


@pytest.fixture
def care(engine: Engine) -> SessionCareStore:
    reads = Reads(engine)
    return SessionCareStore(
        PostgresBegin(engine, PostgresIdentityWork),
        PostgresBegin(engine, PostgresAccessTokensWork),
        PostgresSessionReads(reads),
        PostgresIdentityReads(reads),
    )


class TestPostgresSessionCare(SessionCareContract):
    pass


def test_what_another_holds_is_neither_noted_nor_purged_nor_waited_for(
    care: SessionCareStore,
) -> None:
    mara = care.person()
    ended, alive = care.session(mara, ended_at=NOW), care.session(mara)
    with care.begin() as other:
        other.sessions.lock(ended.id)
        other.sessions.lock(alive.id)
        assert care.purge(NOW + MINUTE) == 0
        care.note(alive.id, USED + MINUTE)
    assert care.found(alive.id) == alive
    assert care.purge(NOW + MINUTE) == 1
