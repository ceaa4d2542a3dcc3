"""What leaving for good needs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from stonks.domain.identity.deletion import Deletion
from stonks.domain.ids import ProfileId


class DeletionRepository(Protocol):
    """Whose deletion was asked for; who writes holds the profile's lock."""

    def put(self, deletion: Deletion) -> None:
        """Keep it in place of the one before."""

    def of(self, profile_id: ProfileId) -> Deletion | None:
        """None where nobody asked, or it was called off."""

    def remove(self, profile_id: ProfileId) -> bool:
        """Call it off; False where there was none."""

    def due(self, at: datetime, most: int) -> Sequence[ProfileId]:
        """Whose is due and not done yet, the longest due first; holds nothing."""

    def erase(self, profile_id: ProfileId) -> None:
        """Delete all that is kept beside a profile: every row, of any context, that refers to it.

        What is left is the profile, this deletion, and what others see: messages in rooms, and
        what was done to and by this person on record.
        """


class HostedChannels(Protocol):
    def close(self, host_id: ProfileId) -> None:
        """Delete every channel of this HOST, with its room and log; answered by channels.

        Safe again after one that was killed.
        """
