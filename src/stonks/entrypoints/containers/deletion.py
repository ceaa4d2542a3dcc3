"""Leaving for good, and taking one's data along, wired."""

from dependency_injector import providers

from stonks.adapters.memory.identity.deletion import MemoryHostedChannels
from stonks.adapters.memory.identity.export import MemoryPersonalData
from stonks.adapters.postgres.identity.deletion import PostgresHostedChannels
from stonks.adapters.postgres.identity.export import PostgresPersonalData
from stonks.adapters.tokens import new_secret
from stonks.application.identity.deletion.cancel_deletion import CancelDeletion
from stonks.application.identity.deletion.erase_profiles import EraseProfiles
from stonks.application.identity.deletion.schedule_deletion import ScheduleDeletion
from stonks.application.identity.export.export_data import ExportData
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.channels import ChannelsContainer
from stonks.entrypoints.containers.media import MediaContainer

HOUR = 60 * 60


class DeletionContainer(MediaContainer, ChannelsContainer):
    hosted_channels = providers.Selector(
        ChannelsContainer.storage,
        memory=providers.Singleton(
            MemoryHostedChannels,
            ChannelsContainer.channel_tables,
            ChannelsContainer.delete_channel,
        ),
        postgres=providers.Singleton(
            PostgresHostedChannels,
            ChannelsContainer.reads_connection,
            ChannelsContainer.delete_channel,
        ),
    )
    schedule_deletion = providers.Singleton(
        ScheduleDeletion,
        begin=MediaContainer.begin_identity,
        signals=MediaContainer.session_signals,
        throttle=MediaContainer.throttle,
        now=MediaContainer.now,
        new_id=MediaContainer.new_id,
    )
    cancel_deletion = providers.Singleton(
        CancelDeletion,
        begin=MediaContainer.begin_identity,
        signals=MediaContainer.session_signals,
        throttle=MediaContainer.throttle,
        now=MediaContainer.now,
    )
    erase_profiles = providers.Singleton(
        EraseProfiles,
        begin=MediaContainer.begin_identity,
        channels=hosted_channels,
        forget=MediaContainer.forget_avatars,
        signals=MediaContainer.session_signals,
        new_secret=providers.Object(new_secret),
        now=MediaContainer.now,
        new_id=MediaContainer.new_id,
    )
    personal_data = providers.Selector(
        ChannelsContainer.storage,
        memory=providers.Singleton(
            MemoryPersonalData,
            MediaContainer.identity_tables,
            MediaContainer.mail_tables,
            ChannelsContainer.channel_tables,
            ChannelsContainer.chat_tables,
            ChannelsContainer.social_tables,
            ChannelsContainer.notification_tables,
            ChannelsContainer.preference_tables,
            ChannelsContainer.webhook_tables,
        ),
        postgres=providers.Singleton(PostgresPersonalData, ChannelsContainer.reads_connection),
    )
    export_data = providers.Singleton(
        ExportData,
        reads=MediaContainer.identity_reads,
        data=personal_data,
        throttle=MediaContainer.throttle,
        now=MediaContainer.now,
    )
    erasing = providers.Singleton(Chore, "erase-profiles", HOUR / 4, erase_profiles)
    forgetting_avatars = providers.Singleton(
        Chore, "forget-avatars", HOUR / 4, MediaContainer.forget_avatars
    )
