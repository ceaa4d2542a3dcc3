"""The table ``Profile`` has exactly the columns that the domain fixes."""

from sqlalchemy import Engine, text

COLUMNS = {
    "id": ("uuid", "NO"),
    "fullName": ("character varying", "NO"),
    "username": ("character varying", "NO"),
    "email": ("character varying", "NO"),
    "avatar": ("character varying", "YES"),
    "active": ("boolean", "NO"),
    "createdAt": ("timestamp with time zone", "NO"),
    "updatedAt": ("timestamp with time zone", "NO"),
}


def test_columns_and_their_types(engine: Engine) -> None:
    query = text(
        "SELECT column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = 'Profile'"
    )
    with engine.connect() as connection:
        found = {name: (kind, nulls) for name, kind, nulls in connection.execute(query)}
    assert found == COLUMNS


def test_the_primary_key_and_the_unique_keys(engine: Engine) -> None:
    query = text(
        "SELECT c.contype::text, array_agg(a.attname::text ORDER BY a.attname)"
        " FROM pg_constraint c JOIN pg_attribute a"
        " ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
        " WHERE c.conrelid = '\"Profile\"'::regclass AND c.contype IN ('p', 'u', 'f', 'c')"
        " GROUP BY c.oid, c.contype"
    )
    with engine.connect() as connection:
        found = sorted((kind, list(columns)) for kind, columns in connection.execute(query))
    assert found == [("p", ["id"]), ("u", ["email"]), ("u", ["username"])]


def test_names_are_unique_without_regard_to_case(engine: Engine) -> None:
    query = text(
        "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = '\"Profile\"'::regclass AND indisunique AND indexprs IS NOT NULL"
    )
    with engine.connect() as connection:
        found = " ".join(connection.scalars(query))
    assert "lower((username)::text)" in found
    assert "lower((email)::text)" in found
