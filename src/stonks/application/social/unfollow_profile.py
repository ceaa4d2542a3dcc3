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
        """Raises ``NotFound`` (``unknown_profile``)."""
        with self.begin() as work:
            return work.follows.remove(actor, work.people.named(username))
