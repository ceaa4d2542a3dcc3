"""Web Push (RFC 8030, 8188, 8291 and 8292)."""

from stonks.adapters.webpush.keys import new_vapid_key, public_key, read_vapid_key
from stonks.adapters.webpush.notifier import WebPushNotifier
from stonks.adapters.webpush.subscriptions import check_subscription
from stonks.adapters.webpush.vapid import Vapid

__all__ = [
    "Vapid",
    "WebPushNotifier",
    "check_subscription",
    "new_vapid_key",
    "public_key",
    "read_vapid_key",
]
