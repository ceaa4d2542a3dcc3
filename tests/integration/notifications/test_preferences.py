"""Preferences on PostgreSQL."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from stonks.adapters.clock import now
from stonks.adapters.postgres.engine import postgres_engine
from stonks.adapters.postgres.identity import PostgresIdentityWork
from stonks.adapters.postgres.notifications.preferences import PostgresPreferencesWork
from stonks.adapters.postgres.work import PostgresBegin
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind
from tests.contracts.preferences import PreferencesContract, PreferenceStore, somebody


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = postgres_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text('TRUNCATE "Profile" CASCADE'))
    yield engine
    engine.dispose()


def signed_up(engine: Engine, name: str) -> ProfileId:
    profile_id, at = somebody(), now()
    profile = Profile(profile_id, name, name, f"{name}@example.org", None, True, at, at)
    with PostgresBegin(engine, PostgresIdentityWork)() as work:
        work.profiles.add(profile)
    return profile_id


@pytest.fixture
def preference_store(engine: Engine) -> PreferenceStore:
    begin = PostgresBegin(engine, PostgresPreferencesWork)
    return PreferenceStore(begin, signed_up(engine, "mara"), signed_up(engine, "bruno"))


class TestPostgresPreferences(PreferencesContract):
    def test_a_kind_of_another_version_is_passed_over(
        self, engine: Engine, preference_store: PreferenceStore
    ) -> None:
        row = {"profile_id": preference_store.mara, "kind": "earthquake", "way": "email"}
        with engine.begin() as connection:
            statement = (
                "INSERT INTO notification_preferences VALUES (:profile_id, :kind, :way, false)"
            )
            connection.execute(text(statement), row)
        holding = preference_store.read(actor=preference_store.mara)
        assert set(holding) == set(NoticeKind)
