"""The pool of connections to PostgreSQL."""

from sqlalchemy import Engine, create_engine, make_url

# Joins are written in the order in which they are best done: looking for another costs a
# millisecond a statement, more than most statements take.
_OPTIONS = (
    "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    " -c TimeZone=UTC -c join_collapse_limit=1"
)


def postgres_engine(url: str, *, size: int = 10) -> Engine:
    """An engine of at most ``size`` connections, each with limits on locks and idle work."""
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg2"),
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=False,
        connect_args={
            "connect_timeout": 5,
            "application_name": "stonks",
            "options": _OPTIONS,
        },
    )
