"""Channels, wired."""

from dependency_injector import providers

from stonks.adapters.memory.channels.people import MemoryPeople
from stonks.adapters.memory.channels.reads import MemoryChannelReads
from stonks.adapters.memory.channels.work import MemoryBeginChannels
from stonks.adapters.postgres.channels.reads import PostgresChannelReads
from stonks.adapters.postgres.channels.work import begin_channels
from stonks.application.channels.change_channel import ChangeChannel
from stonks.application.channels.delete_channel import DeleteChannel
from stonks.application.channels.open_channel import OpenChannel
from stonks.application.channels.reads import ListChannels, ListMembers, ReadChannel
from stonks.application.channels.set_admin import SetAdmin
from stonks.application.channels.suspend_channel import SuspendChannel
from stonks.application.channels.unset_admin import UnsetAdmin
from stonks.application.channels.unsuspend_channel import UnsuspendChannel
from stonks.entrypoints.containers.shared import Shared


class ChannelsContainer(Shared):
    begin_channels = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryBeginChannels,
            Shared.channel_tables,
            providers.Singleton(MemoryPeople, Shared.identity_tables),
            Shared.participants,
            Shared.announce,
        ),
        postgres=providers.Singleton(begin_channels, Shared.engine, Shared.announce),
    )
    channel_reads = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryChannelReads, Shared.channel_tables, Shared.identity_tables, Shared.chat_tables
        ),
        postgres=providers.Singleton(PostgresChannelReads, Shared.reads_connection),
    )

    open_channel = providers.Factory(OpenChannel, begin_channels, Shared.now, Shared.new_id)
    change_channel = providers.Factory(ChangeChannel, begin_channels, Shared.now)
    delete_channel = providers.Factory(DeleteChannel, begin_channels)
    set_admin = providers.Factory(SetAdmin, begin_channels, Shared.now)
    unset_admin = providers.Factory(UnsetAdmin, begin_channels, Shared.now)
    suspend_channel = providers.Factory(SuspendChannel, begin_channels, Shared.now)
    unsuspend_channel = providers.Factory(UnsuspendChannel, begin_channels, Shared.now)

    read_channel = providers.Factory(ReadChannel, channel_reads)
    list_channels = providers.Factory(ListChannels, channel_reads)
    list_members = providers.Factory(ListMembers, channel_reads)
