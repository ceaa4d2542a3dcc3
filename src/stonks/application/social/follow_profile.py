"""Follow somebody."""

from dataclasses import dataclass

from stonks.application.ports import Begin, Clock, Pace
from stonks.application.social.ports import SocialWork
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.follow import follow


@dataclass(frozen=True, slots=True)
class FollowProfile:
    """Follow somebody from now on. Again it changes the bell at most, and nobody hears of it."""

    begin: Begin[SocialWork]
    pace: Pace
    now: Clock

    def __call__(self, *, actor: ProfileId, username: str, bell: Bell | None = None) -> bool:
        """Whether it is new. Without ``bell`` a new one is open, and one that is there stays.

        Raises ``Limited``, ``NotFound`` (``unknown_profile``), ``Forbidden`` (``not_yourself``).
        """
        self.pace(actor)
        with self.begin() as work:
            followed_id = work.people.named(username)
            new, followed = follow(actor, followed_id, bell=bell or Bell.ALL, at=self.now())
            is_new = work.follows.add(new)
            if is_new:
                work.publish(followed)
            elif bell is not None:
                work.follows.ring(actor, followed_id, bell)
        return is_new
