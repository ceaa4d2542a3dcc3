"""What keeping media needs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from stonks.domain.errors import Invalid

LONGEST_KEY = 200
_NAME = r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)?"
KEY = rf"{_NAME}(?:/{_NAME})*"


@dataclass(frozen=True, slots=True)
class Media:
    """One file: what is in it, and what a browser is told that this is."""

    data: bytes = field(repr=False)
    content_type: str


class MediaStore(Protocol):
    """Files by key, where everybody may read them; a key's file never changes its meaning.

    Keys are made by Stonks: names of ``a-z 0-9 - _``, perhaps with one ending, separated by ``/``.
    All raise ``Unavailable`` (``media_unavailable``) where the store is away, full or too slow.
    """

    def put(self, key: str, media: Media) -> None:
        """Keep it, whole or not at all. Raises ``Invalid`` (``media_key``) for another key."""

    def get(self, key: str) -> Media | None:
        """None where there is none, also for what is no key."""

    def exists(self, key: str) -> bool:
        """Whether ``get`` would answer something."""

    def delete(self, key: str) -> None:
        """Forget it; nothing happens where there is none."""

    def url(self, key: str) -> str:
        """Where anybody reads it."""


class Images(Protocol):
    def squares(self, image: bytes, edges: Sequence[int]) -> Mapping[int, Media]:
        """The middle of an image, upright, as a square of each number of pixels an edge.

        Made anew: nothing but pixels is taken over. Raises ``Invalid`` (``not_an_image``,
        ``image_too_large``), and ``Unavailable`` (``busy``) where too many wait for theirs.
        """


class LooseMedia(Protocol):
    """Files that nothing refers to, on record before they are there, until they are deleted.

    ``name`` is the beginning of the keys of files that belong together.
    """

    def add(self, name: str, due_at: datetime) -> None:
        """Delete these files once it is ``due_at``."""

    def take(self, name: str) -> bool:
        """Something refers to them from now on, or they are gone; False where they were not loose.

        Others that would take or claim them wait until the unit of work ends.
        """

    def claim(self, at: datetime) -> str | None:
        """Some that are due, held until the unit of work ends, and that nobody else holds."""


def is_key(key: str) -> bool:
    """Whether files can have this key; ``..`` and the like are no part of one."""
    return len(key) <= LONGEST_KEY and re.fullmatch(KEY, key, re.ASCII) is not None


def check_key(key: str) -> str:
    if not is_key(key):
        raise Invalid("media_key", "files cannot have this name")
    return key
