"""Follow somebody no more."""

from dataclasses import dataclass

from stonks.application.ports import Begin
from stonks.application.social.ports import SocialWork
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class UnfollowProfile:
    """Whether somebody was followed who is not any more."""

    begin: Begin[SocialWork]

    def __call__(self, *, actor: ProfileId, username: str) -> bool:
        """Raises ``NotFound`` (``unknown_profile``); whoever follows somebody knows that they are.

        So they may leave who is inactive, and everybody else hears that there is no such profile.
        """
        with self.begin() as work:
            followed_id = work.people.ever_named(username)
            was_followed = followed_id is not None and work.follows.remove(actor, followed_id)
            if not was_followed:
                work.people.named(username)
        return was_followed
