"""What goes along with a row that others name, as the foreign keys of PostgreSQL have it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from stonks.adapters.memory.database import Database, Table


def remove_naming(
    database: Database,
    gone: Collection[UUID],
    names: Collection[str] = (),
    *,
    but: Collection[Table[Any, Any]] = (),
) -> None:
    """Whatever table there is: rows whose key has one of these ids, or whose fields of these
    ``names`` are one.
    """
    with database.lock:
        for table in database.tables:
            if not any(table is one for one in but):
                for key in [
                    key for key, row in table.rows.items() if _is_of(gone, names, key, row)
                ]:
                    table.remove(key)


def _is_of(gone: Collection[UUID], names: Collection[str], key: object, row: object) -> bool:
    named = [*key] if isinstance(key, tuple) else [key]
    named += [getattr(row, name, None) for name in names]
    return any(isinstance(part, UUID) and part in gone for part in named)
