"""Who may have webhooks, as the stores know it now."""

from stonks.application.webhooks.ports import HostedChannel
from stonks.domain.errors import Forbidden
from stonks.domain.ids import ProfileId


def hosted(channel: HostedChannel, by: ProfileId) -> HostedChannel:
    """The channel; raises ``Forbidden`` (``host_only``) for all but its HOST."""
    if by != channel.host_id:
        raise Forbidden("host_only", "only the channel's HOST may do this")
    return channel


def hosted_and_open(channel: HostedChannel, by: ProfileId) -> HostedChannel:
    """The same; raises ``Forbidden`` (``channel_suspended``), too."""
    if hosted(channel, by).is_suspended:
        raise Forbidden("channel_suspended", "this channel is suspended")
    return channel
