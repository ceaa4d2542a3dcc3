"""Ways of telling people: found by entry points, of which each makes one notifier."""

from stonks.adapters.notifiers.plugins import Tools, Unusable, load_notifiers

__all__ = ["Tools", "Unusable", "load_notifiers"]
