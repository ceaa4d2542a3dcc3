"""Take the role ADMIN."""

from dataclasses import dataclass

from stonks.application.channels.ports import ChannelsWork
from stonks.application.ports import Begin, Clock
from stonks.domain.channels.events import AdminUnset
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class UnsetAdmin:
    """HOST takes the role from somebody. False where they did not have it."""

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId, username: str) -> bool:
        with self.begin() as work:
            channel = work.channels.lock(channel_id)
            channel.must_be_hosted_by(actor)
            channel.must_be_open()
            person = work.people.named(username)
            was_admin = work.admins.remove(channel.id, person.profile_id)
            if was_admin:
                at, (who, name) = self.now(), (person.profile_id, person.username)
                work.rooms.record(AdminUnset(channel.id, actor, at, who, name))
        return was_admin
