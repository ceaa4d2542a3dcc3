"""Whether Stonks runs for whoever started it, and nobody else."""

from urllib.parse import urlsplit

from stonks.adapters.embedded import places
from stonks.entrypoints.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_own_machine(settings: Settings) -> bool:
    """On the embedded database, and reached from this machine alone, as far as it is told."""
    is_embedded = settings.database_url == places.database_url(settings.var)
    return is_embedded and urlsplit(settings.public_url).hostname in LOOPBACK
