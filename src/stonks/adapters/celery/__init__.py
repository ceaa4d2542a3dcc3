"""Celery on Redis: a hint that there is work, never the only copy of it."""

from stonks.adapters.celery.app import MAINTENANCE, celery_app, hints_app
from stonks.adapters.celery.hint import CeleryHint, task_of

__all__ = ["MAINTENANCE", "CeleryHint", "celery_app", "hints_app", "task_of"]
