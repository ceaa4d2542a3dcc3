"""Give the role ADMIN."""

from dataclasses import dataclass

from stonks.application.channels.ports import ChannelsWork
from stonks.application.ports import Begin, Clock
from stonks.domain.channels.events import AdminSet
from stonks.domain.errors import Forbidden
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class SetAdmin:
    """HOST makes somebody else ADMIN. False where they were ADMIN already."""

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId, username: str) -> bool:
        with self.begin() as work:
            channel = work.channels.lock(channel_id)
            channel.must_be_hosted_by(actor)
            channel.must_be_open()
            person, at = work.people.named(username), self.now()
            if person.profile_id == actor:
                raise Forbidden("not_yourself", "the HOST needs no other role")
            is_new = work.admins.add(channel.id, person.profile_id, at)
            if is_new:
                event = AdminSet(channel.id, actor, at, person.profile_id, person.username)
                work.rooms.record(event)
        return is_new
