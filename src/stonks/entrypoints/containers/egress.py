"""Requests outwards, and pushes to browsers."""

from functools import partial

from dependency_injector import providers

from stonks.adapters.webpush import (
    Vapid,
    check_subscription,
    new_vapid_key,
    read_vapid_key,
)
from stonks.application.ports import Clock
from stonks.entrypoints.containers.foundation import Foundation
from stonks.entrypoints.egress import make_egress
from stonks.entrypoints.settings import BadSetting, Settings


def _vapid(settings: Settings, now: Clock) -> Vapid:
    """Memory forgets who registered, so any key will do there."""
    key = settings.vapid_private_key
    if not key and settings.storage == "memory":
        key = new_vapid_key()
    if not key:
        raise BadSetting("STONKS_VAPID_PRIVATE_KEY is required: stonks keys vapid makes one")
    return Vapid(read_vapid_key(key), settings.vapid_subject, now)


class EgressContainer(Foundation):
    egress = providers.Singleton(make_egress, Foundation.settings)
    vapid = providers.Singleton(_vapid, Foundation.settings, Foundation.now)
    check_subscription = providers.Singleton(partial, providers.Object(check_subscription), egress)
