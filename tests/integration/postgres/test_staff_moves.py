"""Who was staff before there were account types is staff afterwards, and back again."""

from sqlalchemy import Engine, create_engine, text

from stonks.adapters.postgres import migrate

SIGN_UP = """
INSERT INTO "Profile" VALUES
  (gen_random_uuid(), 'A', 'ada', 'ada@example.org', NULL, true, now(), now()),
  (gen_random_uuid(), 'B', 'bob', 'bob@example.org', NULL, true, now(), now());
INSERT INTO staff SELECT id, '2026-01-02T03:04:05Z', 'root' FROM "Profile" WHERE username = 'ada';
INSERT INTO audit VALUES (gen_random_uuid(), now(), 'root', 'staff_granted', NULL, 'ada')
"""
STAFF = """
SELECT p.username, s.granted_at::text, s.granted_by
  FROM {table} s JOIN "Profile" p ON p.id = s.profile_id
"""


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.begin() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_staff_is_moved_there_and_back(empty_postgres_url: str) -> None:
    engine = create_engine(empty_postgres_url)
    migrate.upgrade(empty_postgres_url, "0009")
    with engine.begin() as connection:
        connection.execute(text(SIGN_UP))
    before = rows(engine, STAFF.format(table="staff"))
    assert [row[0] for row in before] == ["ada"]
    migrate.upgrade(empty_postgres_url, "0010")
    assert rows(engine, STAFF.format(table="account_type_grants")) == before
    assert rows(engine, "SELECT name FROM account_type_grants") == [("staff",)]
    migrate.downgrade(empty_postgres_url, "0009")
    assert rows(engine, STAFF.format(table="staff")) == before
    assert rows(engine, "DELETE FROM audit RETURNING detail") == [("ada",)]
    engine.dispose()
