"""What choosing the ways in which one is told needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind

Choices = Mapping[tuple[NoticeKind, str], bool]
"""Whether somebody wants to be told of a kind by a way."""


class PreferenceRepository(Protocol):
    """What people said; where they said nothing, ``is_wanted_by_default`` holds."""

    def of(self, profile_id: ProfileId) -> Choices:
        """What this person said, and nothing else."""

    def put(self, profile_id: ProfileId, choices: Choices) -> None:
        """Remember these, in place of what they said of the same before; leave all others.

        Who is no more is no reason to fail: links to unsubscribe outlive them.
        """


class PreferencesWork(Protocol):
    """One unit of work of preferences."""

    @property
    def preferences(self) -> PreferenceRepository: ...


@dataclass(frozen=True, slots=True)
class Subscription:
    """Notices of a kind that reach somebody by a way."""

    profile_id: ProfileId
    kind: NoticeKind
    way: str


class UnsubscribeTokens(Protocol):
    """What ends one subscription, for whoever has it; never expires (RFC 8058, 3.1)."""

    def token(self, subscription: Subscription) -> str:
        """Unguessable, the same each time, and safe in a URL."""

    def read(self, token: str) -> Subscription:
        """What it ends. Raises ``Invalid`` (``unsubscribe_link_invalid``)."""
