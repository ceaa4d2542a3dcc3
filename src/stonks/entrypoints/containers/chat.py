"""The chat: writing, commands, reading."""

from dependency_injector import providers

from stonks.adapters.channel_control import ChannelUseCases
from stonks.adapters.memory.chat.follows import MemoryFollows
from stonks.adapters.memory.chat.pace import MemoryPace
from stonks.adapters.memory.chat.reads import MemoryChatReads
from stonks.adapters.memory.chat.work import MemoryBeginChat
from stonks.adapters.postgres.chat.follows import PostgresFollows
from stonks.adapters.postgres.chat.reads import PostgresChatReads
from stonks.adapters.postgres.chat.work import begin_chat
from stonks.adapters.redis.pace import RedisPace
from stonks.application.chat.apply_chat_command import ApplyChatCommand
from stonks.application.chat.hide_message import HideMessage
from stonks.application.chat.post_messages import PostMessages
from stonks.application.chat.reads import FindRoom, ListSanctions, ReadAudit, ReadHistory
from stonks.entrypoints.chat_writer import ChatWriter
from stonks.entrypoints.containers.channels import ChannelsContainer
from stonks.entrypoints.containers.shared import Shared


class ChatContainer(ChannelsContainer):
    chat_reads = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryChatReads,
            Shared.chat_tables,
            Shared.identity_tables,
            Shared.channel_tables,
            Shared.participants,
        ),
        postgres=providers.Singleton(PostgresChatReads, Shared.reads_connection),
    )
    begin_chat = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryBeginChat,
            Shared.chat_tables,
            Shared.channel_tables,
            Shared.participants,
            Shared.announce,
        ),
        postgres=providers.Singleton(begin_chat, Shared.engine, Shared.announce),
    )
    pace_alone = providers.Singleton(MemoryPace, Shared.now, Shared.settings.provided.limits_scale)
    pace = providers.Selector(
        Shared.signals,
        memory=pace_alone,
        redis=providers.Singleton(
            RedisPace, Shared.redis, pace_alone, Shared.settings.provided.limits_scale
        ),
    )
    follows = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(MemoryFollows, Shared.social_tables),
        postgres=providers.Singleton(PostgresFollows, Shared.reads_connection),
    )
    channel_control = providers.Singleton(
        ChannelUseCases,
        ChannelsContainer.change_channel,
        ChannelsContainer.set_admin,
        ChannelsContainer.unset_admin,
        ChannelsContainer.suspend_channel,
        ChannelsContainer.unsuspend_channel,
    )

    post_messages = providers.Singleton(PostMessages, begin_chat, pace, follows, Shared.now)
    chat_writer = providers.Singleton(ChatWriter, post_messages)
    apply_chat_command = providers.Singleton(
        ApplyChatCommand, begin_chat, pace, channel_control, Shared.now
    )
    hide_message = providers.Singleton(HideMessage, begin_chat, Shared.now)
    find_room = providers.Singleton(FindRoom, chat_reads)
    read_history = providers.Singleton(ReadHistory, chat_reads, Shared.now)
    read_audit = providers.Singleton(ReadAudit, chat_reads, Shared.now)
    list_sanctions = providers.Singleton(ListSanctions, chat_reads, Shared.now)
