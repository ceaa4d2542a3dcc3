"""This machine and what it was told: settings, the signing key, open files."""

import os
import resource
from collections.abc import Iterator

from stonks.adapters.embedded import places
from stonks.entrypoints.diagnosis.finding import Finding, doubtful, ill
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.settings.listing import unknown
from stonks.entrypoints.settings.reading import DOTENV
from stonks.entrypoints.settings.variables import variables


def look_at_settings(_: Settings) -> Iterator[Finding]:
    strangers = unknown(variables(os.environ, DOTENV))
    for name in strangers:
        yield ill("settings", f"{name} is none", "stonks settings lists all; is it misspelt?")
    if not strangers:
        yield Finding("settings", "can all be read")


def look_at_key(settings: Settings) -> Iterator[Finding]:
    path = places.key_file(settings.var)
    if not settings.token_private_key:
        yield _no_key(settings)
    elif path.exists() and path.stat().st_mode & 0o077:
        yield ill("key", f"others may read {path}", f"chmod 600 {path}")
    else:
        yield Finding("key", f"signs {settings.tokens} access tokens")


def look_at_open_files(settings: Settings) -> Iterator[Finding]:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard == resource.RLIM_INFINITY or hard > settings.max_connections:
        yield Finding("open files", "enough for STONKS_MAX_CONNECTIONS")
    else:
        yield doubtful(
            "open files",
            f"at most {hard}, for STONKS_MAX_CONNECTIONS={settings.max_connections}",
            "raise the limit (ulimit -Hn, LimitNOFILE)",
        )


def _no_key(settings: Settings) -> Finding:
    if settings.database_url in ("memory:", places.database_url(settings.var)):
        return Finding("key", "is made at the first start")
    return ill("key", "is missing", "stonks keys makes one for STONKS_TOKEN_PRIVATE_KEY")
