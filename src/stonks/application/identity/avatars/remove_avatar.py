"""Showing oneself by no image."""

from dataclasses import dataclass

from stonks.application.identity.avatars.forget_avatars import ForgetAvatars
from stonks.application.identity.ports import IdentityWork
from stonks.application.identity.present import lock_present
from stonks.application.ports import Begin, Clock
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class RemoveAvatar:
    """Have no avatar; nothing happens where there was none."""

    begin: Begin[IdentityWork]
    forget: ForgetAvatars
    now: Clock

    def __call__(self, *, actor: ProfileId) -> None:
        at = self.now()
        with self.begin() as work:
            profile = lock_present(work, actor)
            before = profile.avatar
            if before is None:
                return
            profile.avatar, profile.updated_at = None, at
            work.profiles.save(profile)
            work.loose_media.add(before, at)
        self.forget.at_once(before)
