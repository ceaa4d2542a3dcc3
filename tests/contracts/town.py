"""People and channels to test with, made through a container's own units of work."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stonks.adapters.clock import new_id
from stonks.domain.errors import Refusal
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ChannelId, ProfileId, RoomId
from stonks.entrypoints.container import Container

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(slots=True)
class SteppingClock:
    """A clock that stands until it is moved."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **length: float) -> None:
        self.at += timedelta(**length)


@dataclass(frozen=True, slots=True)
class Town:
    """A container, with a clock in the hand of the test."""

    container: Container
    clock: SteppingClock

    def person(self, name: str, *, is_staff: bool = False, active: bool = True) -> ProfileId:
        profile_id, at = ProfileId(new_id()), self.clock()
        mail = f"{name}@example.org"
        profile = Profile(profile_id, name.title(), name, mail, None, active, at, at)
        with self.container.begin_identity()() as work:
            work.profiles.add(profile)
            if is_staff:
                work.staff.add(profile_id, at, "a test")
        return profile_id

    def channel(self, slug: str, host: ProfileId) -> tuple[ChannelId, RoomId]:
        channel = self.container.open_channel()(actor=host, slug=slug, title=f"About {slug}")
        return channel.id, self.container.find_room()(slug=slug)


def code_of(outcome: object) -> str:
    """The code of a refusal, and nothing for anything else."""
    return outcome.code if isinstance(outcome, Refusal) else ""
