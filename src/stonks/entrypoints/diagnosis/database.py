"""PostgreSQL: does it answer, is it one that we know, has it our schema, is its clock ours?"""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from stonks.adapters.embedded import places
from stonks.adapters.postgres import migrate
from stonks.entrypoints.diagnosis.finding import Finding, doubtful, ill
from stonks.entrypoints.settings import Settings

OLDEST, NEWEST = 15, 18
CLOCK_SECONDS = 2.0


def look_at_database(settings: Settings) -> Iterator[Finding]:
    if settings.storage == "memory":
        yield doubtful("database", "memory, which forgets", "set STONKS_DATABASE_URL to keep it")
        return
    try:
        with migrate.lone_engine(settings.database_url).connect() as connection:
            yield _version(connection)
            yield _clock(connection)
        yield _schema(settings)
    except DBAPIError as error:
        yield ill("database", str(error.orig).strip().splitlines()[0], _how_to_reach(settings))


def _version(connection: Connection) -> Finding:
    major = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10000
    if OLDEST <= major <= NEWEST:
        return Finding("database", f"PostgreSQL {major}")
    known = f"Stonks is tested on PostgreSQL {OLDEST} to {NEWEST}"
    finding = ill if major < OLDEST else doubtful
    return finding("database", f"PostgreSQL {major}", known)


def _clock(connection: Connection) -> Finding:
    theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    if apart < CLOCK_SECONDS:
        return Finding("clock", "agrees with the database's")
    return ill("clock", f"{apart:.1f} s from the database's", "let both follow NTP")


def _schema(settings: Settings) -> Finding:
    has, needs = migrate.current(settings.database_url), migrate.head()
    if has == needs:
        return Finding("schema", f"at {has}")
    return ill("schema", f"at {has or 'nothing'}, and {needs} is needed", "stonks migrate")


def _how_to_reach(settings: Settings) -> str:
    if settings.database_url == places.database_url(settings.var):
        return "the embedded one runs while stonks up does; or set STONKS_DATABASE_URL"
    return "start it, or correct STONKS_DATABASE_URL"
