"""Notifications: what is kept of them, and what people do with their own."""

from dependency_injector import providers

from stonks.adapters.limits import REGISTERING_DEVICES, LimitedPace
from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.notifications.audience import MemoryAudience
from stonks.adapters.memory.notifications.devices import MemoryDevices, MemoryDevicesWork
from stonks.adapters.memory.notifications.reads import MemoryInboxReads, MemoryTraces
from stonks.adapters.memory.notifications.standings import MemoryWishes
from stonks.adapters.memory.notifications.work import MemoryNotificationsWork
from stonks.adapters.postgres.notifications.devices import PostgresDevicesWork
from stonks.adapters.postgres.notifications.reads import PostgresInboxReads, PostgresTraces
from stonks.adapters.postgres.notifications.work import PostgresNotificationsWork
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.notifications.devices import ForgetDevice, ListDevices, RegisterDevice
from stonks.application.notifications.inbox import (
    CountUnread,
    ListNotifications,
    ReadNotifications,
    TraceNotification,
)
from stonks.entrypoints.containers.notifiers import NotifiersContainer as Base


class NotificationsContainer(Base):
    wishes = providers.Singleton(MemoryWishes, Base.preference_tables)
    audience = providers.Singleton(MemoryAudience, Base.social_tables)

    begin_notifications = providers.Selector(
        Base.storage,
        memory=providers.Singleton(
            MemoryBegin,
            Base.database,
            providers.Factory(
                MemoryNotificationsWork,
                Base.notification_tables,
                Base.outbox_tables,
                Base.identity_tables,
                Base.channel_tables,
                wishes,
                audience,
            ),
        ),
        postgres=providers.Singleton(
            PostgresBegin, Base.engine, providers.Object(PostgresNotificationsWork)
        ),
    )
    begin_devices = providers.Selector(
        Base.storage,
        memory=providers.Singleton(
            MemoryBegin,
            Base.database,
            providers.Factory(
                MemoryDevicesWork,
                providers.Factory(MemoryDevices, Base.notification_tables, Base.identity_tables),
            ),
        ),
        postgres=providers.Singleton(
            PostgresBegin, Base.engine, providers.Object(PostgresDevicesWork.on)
        ),
    )
    inbox_reads = providers.Selector(
        Base.storage,
        memory=providers.Singleton(MemoryInboxReads, Base.notification_tables),
        postgres=providers.Singleton(PostgresInboxReads, Base.reads_connection),
    )
    traces = providers.Selector(
        Base.storage,
        memory=providers.Singleton(MemoryTraces, Base.notification_tables),
        postgres=providers.Singleton(PostgresTraces, Base.reads_connection),
    )
    device_pace = providers.Singleton(
        LimitedPace,
        Base.windows,
        Base.windows_alone,
        providers.Object(REGISTERING_DEVICES),
        Base.settings.provided.limits_scale,
    )
    register_device = providers.Singleton(
        RegisterDevice, begin_devices, Base.check_subscription, device_pace, Base.now, Base.new_id
    )
    list_devices = providers.Singleton(ListDevices, begin_devices)
    forget_device = providers.Singleton(ForgetDevice, begin_devices)
    list_notifications = providers.Singleton(ListNotifications, inbox_reads)
    count_unread = providers.Singleton(CountUnread, inbox_reads)
    read_notifications = providers.Singleton(ReadNotifications, begin_notifications, Base.now)
    trace_notification = providers.Singleton(TraceNotification, traces)
