"""A bucket behind a real HTTP server keeps the contract of media."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import boto3
import pytest
from moto.server import ThreadedMotoServer

from stonks.adapters.media.s3 import Bucket, S3Media, s3_media
from stonks.adapters.media.settled import media_store
from stonks.application.media.ports import MediaStore
from stonks.domain.errors import Unavailable
from tests.contracts.media import SOME, MediaStoreContract

BASE = "https://media.example"
KEYS = {"key": "stonks", "secret": "a secret of some length"}
numbers = count(1)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str) -> Bucket:
    """An empty bucket of this test's own."""
    made = Bucket(f"stonks-{next(numbers)}", endpoint, "eu-north-1", **KEYS)
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-north-1",
        aws_access_key_id=made.key,
        aws_secret_access_key=made.secret,
    )
    client.create_bucket(
        Bucket=made.name, CreateBucketConfiguration={"LocationConstraint": "eu-north-1"}
    )
    return made


def store(bucket: Bucket, seconds: float = 20) -> S3Media:
    return s3_media(bucket, BASE, seconds=seconds)


class TestS3Media(MediaStoreContract):
    @pytest.fixture
    def media(self, bucket: Bucket) -> MediaStore:
        return store(bucket)


class TestS3MediaUnderAPrefix(MediaStoreContract):
    @pytest.fixture
    def media(self, bucket: Bucket) -> MediaStore:
        url = f"s3://{bucket.name}?endpoint={bucket.endpoint}&region=eu-north-1&prefix=one/two"
        return media_store(url, var=None, here=BASE, **KEYS)  # type: ignore[arg-type]


def test_what_is_put_may_be_kept_for_ever_by_browsers(bucket: Bucket) -> None:
    media = store(bucket)
    media.put("avatars/one/256.webp", SOME)
    head = media.client.head_object(Bucket=bucket.name, Key="avatars/one/256.webp")
    assert head["CacheControl"] == "public, max-age=31536000, immutable"
    assert head["ContentType"] == "image/webp"


def test_a_prefix_keeps_two_stores_apart(bucket: Bucket) -> None:
    one, other = store(replace(bucket, prefix="one/")), store(replace(bucket, prefix="other/"))
    one.put("x.webp", SOME)
    assert other.get("x.webp") is None
    assert store(bucket).get("one/x.webp") == SOME


def test_a_bucket_that_is_not_there_is_unavailable(bucket: Bucket) -> None:
    media = store(replace(bucket, name="never-made"))
    with pytest.raises(Unavailable) as refusal:
        media.put("one.webp", SOME)
    assert refusal.value.code == "media_unavailable"


def test_a_store_that_is_away_or_hangs_is_unavailable(bucket: Bucket) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        hanging = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for endpoint in (hanging, "http://127.0.0.1:9"):
            media = store(replace(bucket, endpoint=endpoint), seconds=0.2)
            with pytest.raises(Unavailable):
                media.put("one.webp", SOME)
            with pytest.raises(Unavailable):
                media.get("one.webp")
            with pytest.raises(Unavailable):
                media.delete("one.webp")
