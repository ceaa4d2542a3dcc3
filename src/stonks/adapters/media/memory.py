"""Media in memory."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from stonks.application.media.ports import Media, check_key


@dataclass(frozen=True, slots=True)
class MemoryMedia:
    """``MediaStore`` in a mapping; ``base`` is the URL under which an app serves it."""

    base: str
    files: MutableMapping[str, Media] = field(default_factory=dict)

    def put(self, key: str, media: Media) -> None:
        self.files[check_key(key)] = media

    def get(self, key: str) -> Media | None:
        return self.files.get(key)

    def exists(self, key: str) -> bool:
        return key in self.files

    def delete(self, key: str) -> None:
        self.files.pop(key, None)

    def url(self, key: str) -> str:
        return f"{self.base}/{key}"
