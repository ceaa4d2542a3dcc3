"""What following needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stonks.application.outbox.ports import Publish
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.follow import Follow


class FollowRepository(Protocol):
    """Who follows whom. How many do is counted in the same unit of work, whoever writes."""

    def add(self, follow: Follow) -> bool:
        """False where this person follows them already: that stays as it is."""

    def ring(self, follower_id: ProfileId, followed_id: ProfileId, bell: Bell) -> None:
        """Change the bell of somebody who follows, and nothing where nobody does."""

    def remove(self, follower_id: ProfileId, followed_id: ProfileId) -> bool:
        """False where this person did not follow them."""


class People(Protocol):
    def named(self, username: str) -> ProfileId:
        """Compared without regard to case; raises ``NotFound`` (``unknown_profile``).

        Answered by identity; inactive profiles are unknown.
        """

    def ever_named(self, username: str) -> ProfileId | None:
        """As ``named``, inactive profiles included; None where there is nobody."""


class SocialWork(Protocol):
    """One unit of work of following."""

    @property
    def follows(self) -> FollowRepository: ...
    @property
    def people(self) -> People: ...
    @property
    def publish(self) -> Publish: ...


Place = tuple[datetime, ProfileId]
"""Where a list goes on: ``since`` and the id of the last who was shown."""


@dataclass(frozen=True, slots=True)
class FollowView:
    """Somebody who follows, or is followed, ``since``."""

    profile_id: ProfileId
    username: str
    full_name: str
    avatar: str | None
    since: datetime


class FollowReads(Protocol):
    """Inactive profiles are in no list.

    Lists are the latest first, by ``since`` and then by id; those beyond ``after`` where it is
    given.
    """

    def named(self, username: str) -> ProfileId | None:
        """By name, whatever its case; None where it is unknown or inactive."""

    def followers(
        self, profile_id: ProfileId, *, after: Place | None, limit: int
    ) -> Sequence[FollowView]:
        """Who follows this person."""

    def following(
        self, profile_id: ProfileId, *, after: Place | None, limit: int
    ) -> Sequence[FollowView]:
        """Whom this person follows."""
