"""Pushes to browsers, as a notifier that is installed."""

from stonks.adapters.notifiers.plugins import Tools
from stonks.adapters.webpush import WebPushNotifier


def make(tools: Tools) -> WebPushNotifier:
    """Raises ``ValueError`` without a key to sign with."""
    if tools.vapid is None:
        raise ValueError("it needs STONKS_VAPID_PRIVATE_KEY")
    return WebPushNotifier(tools.egress, tools.vapid, tools.public_url, tools.now)
