"""Reading profiles."""

from dataclasses import dataclass

from stonks.application.identity.ports import (
    ChannelCount,
    FollowCounts,
    Following,
    IdentityReads,
    ProfileView,
    PublicProfileView,
)
from stonks.domain.errors import NotFound
from stonks.domain.identity.username import is_username
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class ReadOwnProfile:
    """A profile as its owner sees it."""

    reads: IdentityReads

    def __call__(self, *, actor: ProfileId) -> ProfileView:
        """Raises ``NotFound`` (``unknown_profile``)."""
        view = self.reads.own(actor)
        if view is None:
            raise NotFound("unknown_profile", "this profile is no more")
        return view


@dataclass(frozen=True, slots=True)
class PublicProfile:
    """What anybody may know of a person, and what who is looking has to do with them.

    ``is_followed`` is None where nobody is signed in.
    """

    profile: PublicProfileView
    following: Following
    channels: int
    is_followed: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadPublicProfile:
    """A profile as anybody sees it, with its counts."""

    reads: IdentityReads
    follow_counts: FollowCounts
    channel_count: ChannelCount

    def __call__(self, *, username: str, viewer: ProfileId | None = None) -> PublicProfile:
        """Raises ``NotFound`` (``unknown_profile``), also for an inactive profile."""
        view = self.reads.public(username) if is_username(username) else None
        if view is None:
            raise NotFound("unknown_profile", "nobody has this username")
        following = self.follow_counts(view.id, viewer)
        is_followed = None if viewer is None else following.notify is not None
        return PublicProfile(view, following, self.channel_count(view.id), is_followed)
