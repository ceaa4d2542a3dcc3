"""Showing oneself by an image."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.application.identity.avatars.forget_avatars import ForgetAvatars
from stonks.application.identity.avatars.ports import AVATARS_OF_ACCOUNT, EDGES, key_of
from stonks.application.identity.ports import IdentityWork, NewSecret, Throttle
from stonks.application.identity.present import lock_present
from stonks.application.media.ports import Images, MediaStore
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Unavailable
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId

LONGEST_UPLOAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SetAvatar:
    """Take an image as avatar, in place of the one before.

    Its files have a name of their own that was never used before, so what is kept under it can be
    kept for ever, and what one person removes is nobody else's.
    """

    begin: Begin[IdentityWork]
    images: Images
    media: MediaStore
    forget: ForgetAvatars
    throttle: Throttle
    new_secret: NewSecret
    now: Clock

    def __call__(self, *, actor: ProfileId, image: bytes) -> Profile:
        """Raises as ``Images`` and ``MediaStore`` do, and ``Limited``."""
        self.throttle(AVATARS_OF_ACCOUNT, str(actor))
        squares = self.images.squares(image, EDGES)
        avatar = self._name()
        with self.begin() as work:
            work.loose_media.add(avatar, self.now() + LONGEST_UPLOAD)
        for edge, square in squares.items():
            self.media.put(key_of(avatar, edge), square)
        profile, before = self._show(actor, avatar, self.now())
        self.forget.at_once(before)
        return profile

    def _name(self) -> str:
        return f"avatars/{self.new_secret().encode().hex()[:32]}"

    def _show(self, actor: ProfileId, avatar: str, at: datetime) -> tuple[Profile, str | None]:
        with self.begin() as work:
            profile = lock_present(work, actor)
            if not work.loose_media.take(avatar):
                raise Unavailable("media_unavailable", "this took too long; try again")
            before, profile.avatar, profile.updated_at = profile.avatar, avatar, at
            work.profiles.save(profile)
            if before is not None:
                work.loose_media.add(before, at)
        return profile, before
