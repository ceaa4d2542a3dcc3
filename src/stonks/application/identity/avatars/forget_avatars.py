"""Deleting the files of avatars that are shown no more."""

from contextlib import suppress
from dataclasses import dataclass

from stonks.application.identity.avatars.ports import EDGES, key_of
from stonks.application.identity.ports import IdentityWork
from stonks.application.media.ports import MediaStore
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Unavailable


@dataclass(frozen=True, slots=True)
class ForgetAvatars:
    """Delete the files of some avatar that is loose and due; False where there is none.

    Safe on several processes, and again after one that was killed: the record goes last.
    """

    begin: Begin[IdentityWork]
    media: MediaStore
    now: Clock

    def __call__(self) -> bool:
        """Raises ``Unavailable``; the files stay on record."""
        with self.begin() as work:
            avatar = work.loose_media.claim(self.now())
            if avatar is None:
                return False
            self._delete(avatar)
            work.loose_media.take(avatar)
        return True

    def at_once(self, avatar: str | None) -> None:
        """The same for one that has just become loose; what fails is left to the next time."""
        if avatar is None:
            return
        with suppress(Unavailable):
            self._delete(avatar)
            with self.begin() as work:
                work.loose_media.take(avatar)

    def _delete(self, avatar: str) -> None:
        for edge in EDGES:
            self.media.delete(key_of(avatar, edge))
