"""PostgreSQL keeps the contracts of leaving for good, in every table there is."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from stonks.adapters.clock import new_id
from stonks.adapters.postgres.identity.deletion import beside_profiles
from stonks.adapters.postgres.tables import metadata
from stonks.adapters.postgres.tables.identity import profile
from stonks.domain.identity.deletion import Deletion
from tests.contracts.deletions import DeletionsContract, LooseMediaContract
from tests.contracts.identity import NOW, IdentityStore

STAYS = {"Profile", "deletions", "audit", "entries"}


@pytest.fixture(autouse=True)
def _nothing_loose(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE loose_media"))


class TestPostgresDeletions(DeletionsContract):
    pass


class TestPostgresLooseMedia(LooseMediaContract):
    def test_two_processes_never_claim_the_same(self, store: IdentityStore) -> None:
        with store.begin() as work:
            work.loose_media.add("avatars/one", NOW)
        with store.begin() as one, store.begin() as other:
            assert one.loose_media.claim(NOW) == "avatars/one"
            assert other.loose_media.claim(NOW) is None


def value_of(column: Column[Any]) -> object:
    """Something that fits."""
    kind = column.type
    for kinds, value in (
        (Uuid, new_id()),
        (DateTime, datetime(2030, 1, 1, tzinfo=UTC)),
        (Boolean, True),
        (Integer, 1),
        (LargeBinary, new_id().bytes),
        (ARRAY, []),
        (JSONB, {}),
    ):
        if isinstance(kind, kinds):
            return value
    return str(new_id())


def fill(engine: Engine, person: UUID) -> set[str]:
    """A row in every table that has a way to profiles, all of this person; which tables."""
    rows: dict[str, Any] = {"Profile": {"id": person}}
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table is not profile:
                values = {column.name: _value(column, rows) for column in table.columns}
                for name in ("actor_id", "actor", "subject"):
                    if name in values:
                        values[name] = person
                connection.execute(insert(table).values(values))
                rows[table.name] = values
    return set(rows)


def _value(column: Column[Any], rows: dict[str, Any]) -> object:
    if column.info.get("beside_profile"):
        return rows["Profile"]["id"]
    for key in column.foreign_keys:
        found: object = rows[key.column.table.name][key.column.name]
        return found
    return value_of(column)


def naming(engine: Engine, person: UUID) -> set[str]:
    """The tables in which this id stands, in whatever column."""
    with engine.connect() as connection:
        return {table.name for table in metadata.sorted_tables if _count(connection, table, person)}


def _count(connection: Any, table: Table, person: UUID) -> int:
    ids = [column == person for column in table.columns if isinstance(column.type, Uuid)]
    if not ids:
        return 0
    counted: int = connection.scalar(select(func.count()).select_from(table).where(or_(*ids)))
    return counted


@pytest.fixture
def filled(engine: Engine, store: IdentityStore) -> Any:
    mara = store.profile("mara")
    with engine.begin() as connection:
        everything = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {everything} CASCADE"))
    with store.begin() as work:
        work.profiles.add(mara)
    fill(engine, mara.id)
    yield mara
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {everything} CASCADE"))


def test_erasing_leaves_no_row_of_any_table_behind(
    engine: Engine, store: IdentityStore, filled: Any
) -> None:
    beside = {column.table.name for column in beside_profiles(metadata)}
    assert beside <= naming(engine, filled.id)
    assert len(beside) >= 15
    with store.begin() as work:
        work.deletions.put(Deletion.asked(filled.id, at=NOW))
        work.deletions.erase(filled.id)
    hosted = {"channels"}  # deleted before, by the use case of channels
    assert naming(engine, filled.id) <= STAYS | hosted
