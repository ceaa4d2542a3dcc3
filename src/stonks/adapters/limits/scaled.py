"""Limits in the words of the ``limits`` library, and back."""

from limits import RateLimitItem, RateLimitItemPerSecond

from stonks.application.ports import Limit


def scaled(limit: Limit, scale: float) -> RateLimitItem:
    """Multiplied by ``scale``, and one time at least."""
    quota = max(1, int(limit.quota * scale))
    return RateLimitItemPerSecond(quota, limit.window, namespace=limit.name)


def told(limit: RateLimitItem) -> Limit:
    return Limit(limit.namespace, limit.amount, limit.get_expiry())
