"""Celery on Redis: a hint that there is work, never the only copy of it."""

from stonks.adapters.celery.app import HASTY, MAINTENANCE, celery_app
from stonks.adapters.celery.hint import CeleryHint, task_of

__all__ = ["HASTY", "MAINTENANCE", "CeleryHint", "celery_app", "task_of"]
