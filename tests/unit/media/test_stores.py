"""Memory and folders keep the contract of media; a folder does so also when things go wrong."""

import errno
import os
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from stonks.adapters.media.folder import FolderMedia
from stonks.adapters.media.memory import MemoryMedia
from stonks.adapters.media.settled import media_store
from stonks.application.media.ports import Media, MediaStore
from stonks.domain.errors import Unavailable
from stonks.entrypoints.settings import BadSetting, read_settings
from tests.contracts.media import SOME, MediaStoreContract

BASE = "http://localhost:8000/media"


class TestMemoryMedia(MediaStoreContract):
    @pytest.fixture
    def media(self) -> MediaStore:
        return MemoryMedia(BASE)


class TestFolderMedia(MediaStoreContract):
    @pytest.fixture
    def media(self, tmp_path: Path) -> MediaStore:
        return FolderMedia(tmp_path / "media", BASE)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_nothing_outside_the_folder_is_read_or_written(tmp_path: Path) -> None:
    (tmp_path / "secret.webp").write_bytes(b"secret")
    media = FolderMedia(tmp_path / "media", BASE)
    assert media.get("../secret.webp") is None
    media.delete("../secret.webp")
    assert (tmp_path / "secret.webp").read_bytes() == b"secret"


def test_a_full_disk_refuses_the_upload_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = FolderMedia(tmp_path, BASE)
    media.put("one.webp", SOME)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as refusal:
        media.put("one.webp", Media(b"another", "image/webp"))
    assert refusal.value.code == "media_unavailable"
    with pytest.raises(Unavailable):
        media.put("two/two.webp", SOME)
    assert files(tmp_path) == ["one.webp"]
    assert media.get("one.webp") == SOME


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    size = ["-o", "size=64k,mode=700", "stonks-test", str(folder)]
    made = subprocess.run(["mount", "-t", "tmpfs", *size], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("no right to mount a small file system here: a full disk is only simulated")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_leaves_nothing_half_written(small_disk: Path) -> None:
    media = FolderMedia(small_disk, BASE)
    media.put("avatars/one.webp", SOME)
    with pytest.raises(Unavailable):
        media.put("avatars/large.webp", Media(bytes(1_000_000), "image/webp"))
    assert files(small_disk) == ["avatars/one.webp"]
    media.put("avatars/two.webp", SOME)
    assert media.get("avatars/one.webp") == media.get("avatars/two.webp") == SOME


def test_nobody_reads_half_a_file(tmp_path: Path) -> None:
    media = FolderMedia(tmp_path, BASE)
    both = [Media(letter * 200_000, "image/webp") for letter in (b"a", b"b")]
    media.put("one.webp", both[0])
    writers = [
        threading.Thread(target=lambda one=one: [media.put("one.webp", one) for _ in range(10)])
        for one in both
    ]
    for writer in writers:
        writer.start()
    seen = []
    while any(writer.is_alive() for writer in writers):
        seen.append(media.get("one.webp"))
    for writer in writers:
        writer.join()
    assert all(one in both for one in seen)
    assert files(tmp_path) == ["one.webp"]


def test_files_may_be_served_by_others(tmp_path: Path) -> None:
    FolderMedia(tmp_path, BASE).put("one.webp", SOME)
    assert stat.S_IMODE((tmp_path / "one.webp").stat().st_mode) == 0o644


def test_a_file_is_what_its_name_ends_in(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not end as"):
        FolderMedia(tmp_path, BASE).put("one.webp", Media(b"<script>", "text/html"))


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://x", "folder", "/var/media", "s3://", "s3:bucket", "s3://bucket/path"),
        *("s3://bucket?colour=blue", "folder:x?y=z", "s3://bucket?endpoint"),
    ],
)
def test_a_bad_store_stops_the_start_with_one_line(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refusal:
        read_settings({"STONKS_MEDIA_URL": url}, dotenv=tmp_path / "none")
    assert str(refusal.value).startswith("STONKS_MEDIA_URL takes ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("url", ["folder:", "folder:/srv/media", "memory:", "s3://bucket"])
def test_a_good_store_is_taken(url: str, tmp_path: Path) -> None:
    if url.startswith("s3"):
        pytest.importorskip("boto3")
    settings = read_settings({"STONKS_MEDIA_URL": url}, dotenv=tmp_path / "none")
    assert settings.media_url == url


def test_without_boto3_a_bucket_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("stonks.adapters.media.settled.find_spec", lambda _: None)
    with pytest.raises(BadSetting, match=r"stonks\[s3\]"):
        read_settings({"STONKS_MEDIA_URL": "s3://bucket"}, dotenv=tmp_path / "none")


def test_the_folder_is_in_var_unless_it_is_named(tmp_path: Path) -> None:
    for url, folder in (("folder:", tmp_path / "media"), ("folder:/srv/m", Path("/srv/m"))):
        store = media_store(url, var=tmp_path, here=BASE)
        assert store == FolderMedia(folder, BASE)
    public = media_store("memory:", var=tmp_path, here=BASE, public="https://cdn.example/")
    assert public.url("one.webp") == "https://cdn.example/one.webp"
