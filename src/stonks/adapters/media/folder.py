"""Media in a folder."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from stonks.application.media.ports import Media, check_key, is_key
from stonks.domain.errors import Unavailable

TYPES = {
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".txt": "text/plain; charset=utf-8",
}
ANYTHING = "application/octet-stream"
MISSING = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR}


@dataclass(frozen=True, slots=True)
class FolderMedia:
    """``MediaStore`` below ``folder``, which is made where it is not there.

    A file is written under another name and then put in place, so that nobody ever reads half of
    one. What it is, is said by its ending. ``base`` is the URL under which an app serves it.
    """

    folder: Path
    base: str

    def put(self, key: str, media: Media) -> None:
        path = self.folder / check_key(key)
        if self._type(key) != media.content_type:
            raise ValueError(f"{key} does not end as {media.content_type} does")
        with _reachable():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, media.data)

    def get(self, key: str) -> Media | None:
        if not is_key(key):
            return None
        with _reachable(), _missing():
            return Media((self.folder / key).read_bytes(), self._type(key))
        return None

    def exists(self, key: str) -> bool:
        return is_key(key) and (self.folder / key).is_file()

    def delete(self, key: str) -> None:
        if is_key(key):
            path = self.folder / key
            with _reachable(), _missing():
                path.unlink()
            with suppress(OSError):  # others may lie there still
                path.parent.rmdir()

    def url(self, key: str) -> str:
        return f"{self.base}/{key}"

    def _type(self, key: str) -> str:
        return TYPES.get(Path(key).suffix, ANYTHING)


def _write(path: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o644)  # a web server may read it, too
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable("media_unavailable", "files cannot be kept at this moment") from error


@contextmanager
def _missing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in MISSING:
            raise
