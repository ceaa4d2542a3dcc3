"""What chat commands change in a channel, by the use cases of channels."""

from dataclasses import dataclass

from stonks.application.channels.change_channel import ChangeChannel
from stonks.application.channels.set_admin import SetAdmin
from stonks.application.channels.suspend_channel import SuspendChannel
from stonks.application.channels.unset_admin import UnsetAdmin
from stonks.application.channels.unsuspend_channel import UnsuspendChannel
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class ChannelUseCases:
    """``ChannelControl``."""

    change: ChangeChannel
    give_admin: SetAdmin
    take_admin: UnsetAdmin
    close: SuspendChannel
    reopen: UnsuspendChannel

    def retitle(self, actor: ProfileId, channel_id: ChannelId, title: str) -> bool:
        return self.change(actor=actor, channel_id=channel_id, title=title)

    def describe(self, actor: ProfileId, channel_id: ChannelId, description: str) -> bool:
        return self.change(actor=actor, channel_id=channel_id, description=description)

    def set_admin(self, actor: ProfileId, channel_id: ChannelId, username: str) -> bool:
        return self.give_admin(actor=actor, channel_id=channel_id, username=username)

    def unset_admin(self, actor: ProfileId, channel_id: ChannelId, username: str) -> bool:
        return self.take_admin(actor=actor, channel_id=channel_id, username=username)

    def suspend(self, actor: ProfileId, channel_id: ChannelId, reason: str) -> bool:
        return self.close(actor=actor, channel_id=channel_id, reason=reason)

    def unsuspend(self, actor: ProfileId, channel_id: ChannelId) -> bool:
        return self.reopen(actor=actor, channel_id=channel_id)
