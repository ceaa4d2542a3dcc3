"""Who may do what to a channel, as its store knows it now."""

from stonks.application.channels.ports import ChannelsWork
from stonks.domain.channels.channel import Channel
from stonks.domain.errors import Forbidden
from stonks.domain.ids import ProfileId


def must_run(work: ChannelsWork, channel: Channel, actor: ProfileId) -> None:
    """Raise ``Forbidden`` unless ``actor`` is HOST or ADMIN and the channel is open."""
    if actor != channel.host_id and not work.admins.has(channel.id, actor):
        raise Forbidden("not_allowed", "only the channel's HOST and ADMINs may do this")
    channel.must_be_open()


def must_be_staff(work: ChannelsWork, actor: ProfileId) -> None:
    """Raise ``Forbidden`` (``staff_only``) unless ``actor`` is SUPERADMIN."""
    if not work.people.get(actor).is_staff:
        raise Forbidden("staff_only", "only SUPERADMIN may do this")


def must_host_or_be_staff(work: ChannelsWork, channel: Channel, actor: ProfileId) -> None:
    """Raise ``Forbidden`` (``not_allowed``) unless ``actor`` is HOST or SUPERADMIN."""
    if actor != channel.host_id and not work.people.get(actor).is_staff:
        raise Forbidden("not_allowed", "only the channel's HOST and SUPERADMIN may do this")
