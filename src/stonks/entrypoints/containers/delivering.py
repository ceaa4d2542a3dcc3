"""Telling endpoints what happened, wired."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import random

import structlog
from dependency_injector import providers

from stonks.adapters.egress import retry_after
from stonks.adapters.webhooks.signing import StandardSign
from stonks.application.webhooks.deliver_events import DeliverEvents
from stonks.application.webhooks.opening import OpenSecrets
from stonks.application.webhooks.putting_off import PutOff
from stonks.application.webhooks.recording import RecordUnsure
from stonks.application.webhooks.reseal_endpoints import ResealEndpoints
from stonks.application.webhooks.sending import SendEvent
from stonks.application.webhooks.wake_endpoints import WakeEndpoints
from stonks.domain.ids import EndpointId
from stonks.domain.webhooks.endpoint import Lane
from stonks.entrypoints.containers.webhooks import WebhooksContainer as Base
from stonks.entrypoints.work.jobs import Job
from stonks.entrypoints.work.senders import Senders

log = structlog.get_logger(__name__)
A_LANE = 2
"""Sends at once in a lane, for each of a worker's threads: most of the time they wait."""


def _note_failure(endpoint_id: EndpointId, error: Exception) -> None:
    log.error("endpoint_failed", endpoint=str(endpoint_id), exc_info=error)


def _name(lane: Lane) -> str:
    return f"webhooks.{lane}"


def _senders(deliver: DeliverEvents, threads: int) -> Sequence[Senders]:
    return [Senders(_name(lane), partial(deliver, lane), A_LANE * threads) for lane in Lane]


def _jobs(senders: Sequence[Senders]) -> Mapping[str, Job]:
    return {one.name: one for one in senders}


def _local_jobs(wake: Callable[[], object], deliver: DeliverEvents) -> Mapping[str, Job]:
    """Where one process does it all: nobody else makes endpoints due."""

    def job(lane: Lane) -> bool:
        wake()
        return deliver(lane)

    return {_name(lane): partial(job, lane) for lane in Lane}


class DeliveringContainer(Base):
    open_secrets = providers.Singleton(OpenSecrets, Base.sealer)
    send_event = providers.Factory(
        SendEvent,
        egress=Base.egress,
        sign=providers.Singleton(StandardSign),
        retry_after=providers.Object(retry_after),
        now=Base.now,
        new_id=Base.new_id,
    )
    record_unsure = providers.Singleton(RecordUnsure, Base.now, Base.new_id)
    deliver_events = providers.Singleton(
        DeliverEvents,
        begin=Base.begin_webhooks,
        send=send_event,
        open=open_secrets,
        record_unsure=record_unsure,
        put_off=providers.Singleton(PutOff, providers.Object(random), Base.now, Base.new_id),
        note_failure=providers.Object(_note_failure),
        now=Base.now,
        new_id=Base.new_id,
    )
    reseal_endpoints = providers.Singleton(ResealEndpoints, Base.begin_webhooks, Base.sealer)
    wake_endpoints = providers.Singleton(WakeEndpoints, Base.begin_webhooks)
    senders = providers.Singleton(_senders, deliver_events, Base.settings.provided.worker_threads)
    webhook_jobs = providers.Selector(
        Base.signals,
        memory=providers.Singleton(_local_jobs, wake_endpoints, deliver_events),
        redis=providers.Singleton(_jobs, senders),
    )
