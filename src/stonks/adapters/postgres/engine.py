"""The pool of connections to PostgreSQL."""

from sqlalchemy import Engine, create_engine, make_url

# Joins are written in the order in which they are best done: looking for another costs a
# millisecond a statement, more than most statements take; compiling one takes longer still.
_OPTIONS = (
    "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    " -c TimeZone=UTC -c join_collapse_limit=1 -c jit=off"
)
# A plan made while a table is small must do when a stream's start has added a million rows to it.
_BY_INDEX = " -c enable_seqscan=off"


def postgres_engine(url: str, *, size: int = 10, by_index: bool = False) -> Engine:
    """An engine of at most ``size`` connections, each with limits on locks and idle work.

    ``by_index`` is for work that looks everything up, in tables that may grow meanwhile.
    """
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg2"),
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=False,
        connect_args={
            "connect_timeout": 5,
            "application_name": "stonks",
            "options": _OPTIONS + (_BY_INDEX if by_index else ""),
        },
    )
