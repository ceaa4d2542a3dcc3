"""The store of media that a URL names."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from stonks.adapters.media.folder import FolderMedia
from stonks.adapters.media.memory import MemoryMedia
from stonks.application.media.ports import MediaStore

IN_BUCKET = {"endpoint", "region", "prefix"}


def check_media_url(url: str) -> None:
    """Raise ``ValueError`` unless it is ``memory:``, ``folder:path`` or ``s3://bucket?…``."""
    parts = urlsplit(url)
    if parts.scheme == "s3":
        _check_bucket(parts)
    elif parts.scheme not in ("memory", "folder") or parts.query or parts.fragment:
        raise ValueError("another kind of store")


def _check_bucket(parts: SplitResult) -> None:
    options = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    if not parts.hostname or parts.path.strip("/") or not set(options) <= IN_BUCKET:
        raise ValueError("not a bucket")
    if find_spec("boto3") is None:
        raise ValueError("boto3 is missing: install stonks[s3]")


def media_store(
    url: str, *, var: Path, here: str, public: str = "", key: str = "", secret: str = ""
) -> MediaStore:
    """The store of ``url``; ``here`` is where this Stonks serves it, unless it is ``public``."""
    parts, base = urlsplit(url), public.rstrip("/") or here
    if parts.scheme == "memory":
        return MemoryMedia(base)
    if parts.scheme == "folder":
        return FolderMedia(Path(parts.path or var / "media").expanduser().absolute(), base)
    return _bucket(parts, base, key, secret)


def _bucket(parts: SplitResult, base: str, key: str, secret: str) -> MediaStore:
    from stonks.adapters.media.s3 import Bucket, s3_media  # boto3 is an extra

    options = {name: values[0] for name, values in parse_qs(parts.query).items()}
    prefix = options.pop("prefix", "").strip("/")
    bucket = Bucket(
        parts.hostname or "",
        prefix=prefix and f"{prefix}/",
        key=key,
        secret=secret,
        **options,
    )
    return s3_media(bucket, base)
