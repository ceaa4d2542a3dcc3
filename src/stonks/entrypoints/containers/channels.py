"""Channels, wired."""

from datetime import timedelta

from dependency_injector import providers

from stonks.adapters.limits import GOING_LIVE, LimitedPace
from stonks.adapters.memory.channels.people import MemoryPeople
from stonks.adapters.memory.channels.reads import MemoryChannelReads
from stonks.adapters.memory.channels.streams import MemoryStreamReads
from stonks.adapters.memory.channels.work import MemoryBeginChannels
from stonks.adapters.postgres.channels.reads import PostgresChannelReads
from stonks.adapters.postgres.channels.streams import PostgresStreamReads
from stonks.adapters.postgres.channels.work import begin_channels
from stonks.application.channels.beat_stream import BeatStream
from stonks.application.channels.change_channel import ChangeChannel
from stonks.application.channels.delete_channel import DeleteChannel
from stonks.application.channels.end_stream import EndStream
from stonks.application.channels.open_channel import OpenChannel
from stonks.application.channels.reads import (
    ListChannels,
    ListMembers,
    ListStreams,
    ReadChannel,
    ReadCurrentStream,
)
from stonks.application.channels.reap_streams import ReapStreams
from stonks.application.channels.see_hosts import SeeHosts
from stonks.application.channels.set_admin import SetAdmin
from stonks.application.channels.start_stream import StartStream
from stonks.application.channels.suspend_channel import SuspendChannel
from stonks.application.channels.unset_admin import UnsetAdmin
from stonks.application.channels.unsuspend_channel import UnsuspendChannel
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.presence import PresenceContainer
from stonks.entrypoints.containers.shared import Shared

SECONDS_BETWEEN_LOOKS = 30.0
LOOKS_IN_A_GRACE = 10


def _seconds(grace: float) -> float:
    """How often HOSTs are looked for: often in a grace, or it would count from long ago."""
    return min(SECONDS_BETWEEN_LOOKS, grace / LOOKS_IN_A_GRACE)


def _length(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


class ChannelsContainer(PresenceContainer):
    begin_channels = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryBeginChannels,
            Shared.channel_tables,
            providers.Singleton(MemoryPeople, Shared.identity_tables),
            Shared.participants,
            Shared.announce,
            Shared.outbox_tables,
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
    stream_reads = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryStreamReads, Shared.channel_tables, Shared.identity_tables
        ),
        postgres=providers.Singleton(PostgresStreamReads, Shared.reads_connection),
    )
    hosts_online = PresenceContainer.people_online.provided.online

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

    stream_pace = providers.Singleton(
        LimitedPace,
        Shared.windows,
        Shared.windows_alone,
        providers.Object(GOING_LIVE),
        Shared.settings.provided.limits_scale,
    )
    start_stream = providers.Factory(
        StartStream, begin_channels, stream_pace, Shared.now, Shared.new_id
    )
    end_stream = providers.Factory(EndStream, begin_channels, Shared.now)
    beat_stream = providers.Factory(BeatStream, begin_channels, Shared.now)
    list_streams = providers.Factory(ListStreams, stream_reads)
    read_current_stream = providers.Factory(ReadCurrentStream, stream_reads)

    stream_grace = Shared.settings.provided.stream_grace_seconds
    seconds_between_looks = providers.Callable(_seconds, stream_grace)
    see_hosts = providers.Singleton(
        SeeHosts,
        begin=begin_channels,
        reads=stream_reads,
        online=hosts_online,
        now=Shared.now,
        interval=providers.Callable(_length, seconds_between_looks),
    )
    reap_streams = providers.Singleton(
        ReapStreams,
        begin=begin_channels,
        reads=stream_reads,
        online=hosts_online,
        now=Shared.now,
        grace=providers.Callable(_length, stream_grace),
    )
    seeing_hosts = providers.Singleton(Chore, "seeing-hosts", seconds_between_looks, see_hosts)
    reaping_streams = providers.Singleton(
        Chore, "reaping-streams", seconds_between_looks, reap_streams
    )
