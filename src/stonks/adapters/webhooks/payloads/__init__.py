"""The ``data`` of each type of event: what is declared here is what is sent and documented."""

from collections.abc import Mapping

from stonks.adapters.webhooks.payloads import channel, members, messages, own
from stonks.adapters.webhooks.payloads.base import ChatEvent, EndpointEvent, Envelope, EventActor
from stonks.domain.webhooks.event_type import TEST, VERIFICATION, EventType

CHAT_EVENTS: Mapping[EventType, type[ChatEvent]] = {
    EventType.MESSAGE_POSTED: messages.MessagePosted,
    EventType.MESSAGE_HIDDEN: messages.MessageHidden,
    EventType.MESSAGES_CLEARED: messages.MessagesCleared,
    EventType.MESSAGE_PINNED: messages.MessagePinned,
    EventType.MESSAGE_UNPINNED: messages.MessageUnpinned,
    EventType.MEMBER_MUTED: members.MemberMuted,
    EventType.MEMBER_UNMUTED: members.MemberUnmuted,
    EventType.MEMBER_TIMED_OUT: members.MemberTimedOut,
    EventType.MEMBER_BANNED: members.MemberBanned,
    EventType.MEMBER_UNBANNED: members.MemberUnbanned,
    EventType.ADMIN_SET: members.AdminSet,
    EventType.ADMIN_UNSET: members.AdminUnset,
    EventType.TITLE_CHANGED: channel.TitleChanged,
    EventType.DESCRIPTION_CHANGED: channel.DescriptionChanged,
    EventType.SLOW_MODE_CHANGED: channel.SlowModeChanged,
    EventType.FOLLOWERS_MODE_CHANGED: channel.FollowersModeChanged,
    EventType.CHANNEL_SUSPENDED: channel.ChannelSuspended,
    EventType.CHANNEL_UNSUSPENDED: channel.ChannelUnsuspended,
    EventType.STREAM_STARTED: channel.StreamStarted,
    EventType.STREAM_ENDED: channel.StreamEnded,
    EventType.MEMBER_JOINED: members.MemberJoined,
    EventType.MEMBER_LEFT: members.MemberLeft,
    EventType.MEMBERS_COUNTED: members.MembersCounted,
}
ENDPOINT_EVENTS: Mapping[str, type[EndpointEvent]] = {
    VERIFICATION: own.EndpointVerification,
    TEST: own.EndpointTest,
}

__all__ = ["CHAT_EVENTS", "ENDPOINT_EVENTS", "ChatEvent", "EndpointEvent", "Envelope", "EventActor"]
