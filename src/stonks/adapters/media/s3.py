"""Media in a bucket of S3, or of what speaks as S3 does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from stonks.application.media.ports import Media, check_key, is_key
from stonks.domain.errors import Unavailable

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

FOR_EVER = "public, max-age=31536000, immutable"
MISSING = {"404", "NoSuchKey", "NotFound"}
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bucket:
    """Which bucket, where, and by whose right. Empty is what boto3 finds by itself."""

    name: str
    endpoint: str = ""
    region: str = ""
    prefix: str = ""
    key: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class S3Media:
    """``MediaStore`` in a bucket; ``base`` is the URL under which people read what is in it."""

    client: "S3Client"
    bucket: Bucket
    base: str

    def put(self, key: str, media: Media) -> None:
        check_key(key)
        with _reachable():
            self.client.put_object(
                Bucket=self.bucket.name,
                Key=self._at(key),
                Body=media.data,
                ContentType=media.content_type,
                CacheControl=FOR_EVER,
            )

    def get(self, key: str) -> Media | None:
        if not is_key(key):
            return None
        with _reachable(), _missing():
            found = self.client.get_object(Bucket=self.bucket.name, Key=self._at(key))
            with found["Body"] as body:
                return Media(body.read(LARGEST), found["ContentType"])
        return None

    def exists(self, key: str) -> bool:
        if not is_key(key):
            return False
        with _reachable(), _missing():
            self.client.head_object(Bucket=self.bucket.name, Key=self._at(key))
            return True
        return False

    def delete(self, key: str) -> None:
        if is_key(key):
            with _reachable(), _missing():
                self.client.delete_object(Bucket=self.bucket.name, Key=self._at(key))

    def url(self, key: str) -> str:
        return f"{self.base}/{key}"

    def _at(self, key: str) -> str:
        return f"{self.bucket.prefix}{key}"


def s3_media(bucket: Bucket, base: str, *, seconds: float = 5.0) -> S3Media:
    """A store that waits ``seconds`` to connect and for each answer, and tries twice."""
    config = Config(
        connect_timeout=seconds,
        read_timeout=seconds,
        retries={"total_max_attempts": 2, "mode": "standard"},
        max_pool_connections=20,
        s3={"addressing_style": "path" if bucket.endpoint else "auto"},
    )
    client = boto3.client(
        "s3",
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region or ("us-east-1" if bucket.endpoint else None),
        aws_access_key_id=bucket.key or None,
        aws_secret_access_key=bucket.secret or None,
        config=config,
    )
    return S3Media(client, bucket, base)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, HTTPClientError, OSError) as error:
        raise Unavailable("media_unavailable", "files cannot be kept at this moment") from error


@contextmanager
def _missing() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in MISSING:
            raise
