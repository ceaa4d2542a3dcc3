"""The work that is done apart from requests: by workers, or by a web process alone."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import structlog
from dependency_injector import providers

from stonks.adapters.memory.notifications.work_reads import MemoryWorkReads
from stonks.adapters.outbox.writing import read
from stonks.adapters.postgres.engine import postgres_engine
from stonks.adapters.postgres.notifications.work_reads import PostgresWorkReads
from stonks.adapters.side_by_side import Threads
from stonks.application.notifications.decide_ways import DecideWays
from stonks.application.notifications.fan_out import FanOut
from stonks.application.notifications.forget_old import ForgetOld
from stonks.application.notifications.give_up_lost import GiveUpLost
from stonks.application.notifications.handle_event import HandleEvent
from stonks.application.notifications.notifier import Notifier
from stonks.application.notifications.reactions import React
from stonks.application.notifications.send_deliveries import (
    SendDeliveries,
    SideBySide,
    one_after_another,
)
from stonks.domain.notifications.delivery import DeliveryKey
from stonks.domain.notifications.way import EMAIL
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.delivering import DeliveringContainer
from stonks.entrypoints.containers.idempotency import IdempotencyContainer
from stonks.entrypoints.containers.notifications import NotificationsContainer as Base
from stonks.entrypoints.containers.presence import PresenceContainer
from stonks.entrypoints.containers.telling import TellingContainer
from stonks.entrypoints.work.jobs import Job

MAILS_AT_ONCE = 4
"""Connections to the mail server that one process opens."""
SECONDS_BETWEEN_LOOKS = 1.0
MAINTAIN_EVERY = 60.0
log = structlog.get_logger(__name__)


def _note_failure(key: DeliveryKey, error: Exception) -> None:
    log.error("notifier_failed", way=key.way, notice=str(key.notice_id), exc_info=error)


def _threads(way: str, width: int) -> SideBySide:
    return Threads(min(width, MAILS_AT_ONCE) if way == EMAIL else width)


def _senders(
    notifiers: Mapping[str, Notifier],
    sender: Callable[..., SendDeliveries],
    side_by_side: Callable[[str], SideBySide],
) -> Mapping[str, SendDeliveries]:
    return {
        f"deliveries.{way}": sender(notifier=notifier, side_by_side=side_by_side(way))
        for way, notifier in notifiers.items()
    }


def _joined(*parts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for part in parts for name, value in part.items()}


def _local_work(jobs: Mapping[str, Job], maintenance: Mapping[str, Job]) -> Sequence[Chore]:
    """The work that one process does by itself, where it shares nothing with others."""
    often = [Chore(name, SECONDS_BETWEEN_LOOKS, job) for name, job in jobs.items()]
    return [*often, *(Chore(name, MAINTAIN_EVERY, job) for name, job in maintenance.items())]


class WorkContainer(
    Base, PresenceContainer, TellingContainer, DeliveringContainer, IdempotencyContainer
):
    other_ways: Any = providers.Singleton(list, Base.notifiers)
    work_reads = providers.Selector(
        Base.storage,
        memory=providers.Singleton(
            MemoryWorkReads,
            Base.notification_tables,
            Base.outbox_tables,
            Base.mail_tables,
            Base.webhook_tables,
        ),
        postgres=providers.Singleton(PostgresWorkReads, Base.reads_connection, other_ways),
    )

    worker_engine = providers.Singleton(
        postgres_engine,
        Base.settings.provided.database_url,
        size=Base.settings.provided.worker_threads,
        by_index=True,
    )
    side_by_side = providers.Selector(
        Base.signals,
        memory=providers.Object(lambda way: one_after_another),
        redis=providers.Factory(partial, _threads, width=Base.settings.provided.worker_threads),
    )

    handle_event = providers.Singleton(
        HandleEvent,
        Base.begin_notifications,
        providers.Object(read),
        providers.Singleton(React, Base.new_id),
        DeliveringContainer.hint,
    )
    fan_out = providers.Singleton(
        FanOut, Base.begin_notifications, DeliveringContainer.hint, Base.new_id
    )
    decide_ways = providers.Singleton(
        DecideWays,
        Base.begin_notifications,
        PresenceContainer.people_online.provided.online,
        TellingContainer.tell,
        DeliveringContainer.hint,
        other_ways,
    )
    sender = providers.Factory(
        SendDeliveries,
        begin=Base.begin_notifications,
        hint=DeliveringContainer.hint,
        note_failure=providers.Object(_note_failure),
    )
    give_up_lost = providers.Singleton(GiveUpLost, Base.begin_notifications)
    forget_old = providers.Singleton(ForgetOld, Base.begin_notifications, Base.now)
    jobs = providers.Singleton(
        _joined,
        providers.Dict(
            events=handle_event,
            fanouts=fan_out,
            batches=decide_ways,
            mails=Base.send_mails,
            attendance=PresenceContainer.tell_attendance,
        ),
        providers.Singleton(_senders, Base.notifiers, sender.provider, side_by_side),
        DeliveringContainer.webhook_jobs,
    )
    maintenance = providers.Dict(
        {
            "lost-deliveries": give_up_lost,
            "old-notifications": forget_old,
            "old-attempts": DeliveringContainer.forget_attempts,
            "old-answers": IdempotencyContainer.forget_answers,
            "lost-mails": Base.forget_claims,
        }
    )
    local_work = providers.Singleton(_local_work, jobs, maintenance)
