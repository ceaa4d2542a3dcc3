"""What several contexts reach for: each other's tables in memory, and the way to tell followers."""

from uuid import uuid4

from dependency_injector import providers
from redis import BlockingConnectionPool, Redis

from stonks.adapters.limits import memory_windows, redis_windows
from stonks.adapters.memory.attended_rooms import AttendedRooms
from stonks.adapters.memory.bus import MemoryBus, MemoryExchange
from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.mail import MailTables
from stonks.adapters.memory.notifications.preferences import PreferenceTables
from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.adapters.memory.outbox.tables import OutboxTables
from stonks.adapters.memory.social.tables import SocialTables
from stonks.adapters.memory.webhooks.tables import WebhookTables
from stonks.adapters.redis.bus import RedisBus
from stonks.adapters.wire.announce import BusAnnouncer
from stonks.entrypoints.containers.foundation import Foundation
from stonks.entrypoints.mailing import Bell

SECONDS_FOR_REDIS = 0.5


def _redis(url: str) -> Redis:
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=20,
        timeout=SECONDS_FOR_REDIS,
        socket_timeout=SECONDS_FOR_REDIS,
        socket_connect_timeout=SECONDS_FOR_REDIS,
    )
    return Redis(connection_pool=pool)


class Shared(Foundation):
    signals = Foundation.settings.provided.signals
    process = providers.Singleton(lambda: uuid4().hex)
    redis = providers.Singleton(_redis, Foundation.settings.provided.redis_url)

    identity_tables = providers.Singleton(IdentityTables, Foundation.database)
    mail_bell = providers.Singleton(Bell)
    mail_tables = providers.Singleton(MailTables, Foundation.database, mail_bell.provided.ring)
    work_bell = providers.Singleton(Bell)
    outbox_tables = providers.Singleton(
        OutboxTables, Foundation.database, Foundation.now, work_bell.provided.ring
    )
    notification_tables = providers.Singleton(
        NotificationTables, Foundation.database, Foundation.now
    )
    channel_tables = providers.Singleton(ChannelTables, Foundation.database)
    social_tables = providers.Singleton(SocialTables, Foundation.database)
    chat_tables = providers.Singleton(ChatTables, Foundation.database)
    participants = providers.Singleton(
        MemoryParticipants, chat_tables, identity_tables, channel_tables
    )
    attended_rooms = providers.Singleton(AttendedRooms, Foundation.database, Foundation.now)
    webhook_tables = providers.Singleton(
        WebhookTables, Foundation.database, Foundation.now, attended_rooms
    )
    preference_tables = providers.Singleton(PreferenceTables, Foundation.database)
    exchange = providers.Singleton(MemoryExchange)
    bus = providers.Selector(
        signals,
        memory=providers.Singleton(MemoryBus, exchange),
        redis=providers.Singleton(RedisBus, Foundation.settings.provided.redis_url),
    )
    announce = providers.Singleton(BusAnnouncer, bus)
    windows = providers.Selector(
        signals,
        memory=providers.Singleton(memory_windows),
        redis=providers.Singleton(redis_windows, redis),
    )
    windows_alone = providers.Singleton(memory_windows)
