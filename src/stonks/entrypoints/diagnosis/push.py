"""The key that signs pushes: is it there, does nobody else read it, would services take it?"""

from collections.abc import Iterator

from stonks.adapters.embedded import places
from stonks.entrypoints.diagnosis.finding import Finding, doubtful, ill
from stonks.entrypoints.settings import Settings

SUBJECT = "push"


def look_at_push(settings: Settings) -> Iterator[Finding]:
    path = places.vapid_key_file(settings.var)
    if not settings.vapid_private_key:
        yield _no_key(settings)
    elif path.exists() and path.stat().st_mode & 0o077:
        yield ill(SUBJECT, f"others may read {path}", f"chmod 600 {path}")
    elif settings.vapid_subject.endswith("@localhost"):
        yield doubtful(
            SUBJECT,
            f"signs as {settings.vapid_subject}, which Apple does not take",
            "set STONKS_PUBLIC_URL=https://…, or STONKS_VAPID_SUBJECT",
        )
    else:
        yield Finding(SUBJECT, f"signs as {settings.vapid_subject}")


def _no_key(settings: Settings) -> Finding:
    if settings.database_url in ("memory:", places.database_url(settings.var)):
        return Finding(SUBJECT, "has its key made at the first start")
    return ill(SUBJECT, "has no key", "stonks keys vapid makes one for STONKS_VAPID_PRIVATE_KEY")
