"""A person as one room sees them."""

from dataclasses import dataclass
from datetime import datetime

from stonks.domain.chat.role import Role
from stonks.domain.chat.sanction import Sanction
from stonks.domain.errors import Forbidden, Limited
from stonks.domain.ids import ProfileId


@dataclass(slots=True)
class Participant:
    """An active profile's roles and sanctions in one room, at the time it was read.

    ``channel_role`` is MEMBER, ADMIN or HOST: staff who host a channel are its HOST, too.
    """

    profile_id: ProfileId
    username: str
    channel_role: Role = Role.MEMBER
    is_staff: bool = False
    mute: Sanction | None = None
    ban: Sanction | None = None
    wrote_at: datetime | None = None

    @property
    def role(self) -> Role:
        """The highest rank that this person has here."""
        return Role.SUPERADMIN if self.is_staff else self.channel_role

    def is_muted(self, at: datetime) -> bool:
        return self.mute is not None and self.mute.holds(at)

    def is_banned(self, at: datetime) -> bool:
        return self.ban is not None and self.ban.holds(at)

    def must_be_welcome(self, at: datetime) -> None:
        """Raise ``Forbidden`` (``banned``) for somebody who is out of this chat."""
        if self.is_banned(at):
            raise Forbidden("banned", "you are banned from this chat")

    def must_have_a_voice(self, at: datetime) -> None:
        """Raise unless this person may write: ``banned``, ``muted``, ``timed_out``."""
        self.must_be_welcome(at)
        if self.mute is None or not self.mute.holds(at):
            return
        if self.mute.until is None:
            raise Forbidden("muted", "you are muted in this chat")
        left = (self.mute.until - at).total_seconds()
        raise Limited("timed_out", "you are timed out in this chat", retry_after=left)

    def must_outrank(self, other: "Participant") -> None:
        """Raise ``Forbidden`` unless ``other`` ranks below and is somebody else."""
        if other.profile_id == self.profile_id:
            raise Forbidden("not_yourself", "you cannot do this to yourself")
        if other.role >= self.role:
            raise Forbidden("outranked", f"{other.username} does not rank below you")
