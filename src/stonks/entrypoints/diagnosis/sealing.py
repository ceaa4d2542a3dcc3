"""The keys that seal: are there any, does nobody else read them, do they open what is sealed?"""

from collections.abc import Iterator

from sqlalchemy import Subquery, func, select, union_all
from sqlalchemy.exc import DBAPIError

from stonks.adapters.embedded import places
from stonks.adapters.postgres import migrate
from stonks.adapters.postgres.tables.second_factors import totp_factors
from stonks.adapters.postgres.tables.webhooks import endpoints
from stonks.adapters.sealing import AesSealer, read_key
from stonks.adapters.sealing.aes import HEAD_BYTES
from stonks.entrypoints.diagnosis.finding import Finding, ill
from stonks.entrypoints.settings import Settings

SUBJECT = "sealing"
SEALED = {
    "second factors": select(totp_factors.c.sealed).subquery(),
    "secrets of webhooks": union_all(  # the old one of a rotation while it signs
        select(endpoints.c.secret.label("sealed")),
        select(endpoints.c.old_secret).where(endpoints.c.old_secret_until > func.now()),
    ).subquery(),
}
MEND = "put the key that sealed them back into STONKS_SEALING_KEYS, after the first"


def look_at_sealing(settings: Settings) -> Iterator[Finding]:
    path = places.sealing_keys_file(settings.var)
    if not settings.sealing_keys:
        yield _no_key(settings)
    elif path.exists() and path.stat().st_mode & 0o077:
        yield ill(SUBJECT, f"others may read {path}", f"chmod 600 {path}")
    else:
        yield from _what_they_open(settings)


def _what_they_open(settings: Settings) -> Iterator[Finding]:
    sealer, is_well = AesSealer([read_key(key) for key in settings.sealing_keys]), True
    for what, sealed in SEALED.items():
        heads = _heads(settings, sealed)
        if lost := sum(many for head, many in heads.items() if not sealer.knows(head)):
            is_well = False
            yield ill(SUBJECT, f"{lost} {what} open with none of the keys", MEND)
    if is_well:
        yield Finding(SUBJECT, "encrypts second factors and the secrets of webhooks at rest")


def _heads(settings: Settings, sealed: Subquery) -> dict[bytes, int]:
    """How many secrets each key sealed; none where the database cannot tell."""
    if settings.storage == "memory":
        return {}
    head = func.substring(sealed.c.sealed, 1, HEAD_BYTES)
    try:
        with migrate.lone_engine(settings.database_url).connect() as connection:
            rows = connection.execute(select(head, func.count()).group_by(head))
            return {bytes(head): many for head, many in rows}
    except DBAPIError:  # told where the database is looked at
        return {}


def _no_key(settings: Settings) -> Finding:
    if settings.database_url in ("memory:", places.database_url(settings.var)):
        return Finding(SUBJECT, "has its key made at the first start")
    return ill(SUBJECT, "has no key", "stonks keys sealing makes one for STONKS_SEALING_KEYS")
