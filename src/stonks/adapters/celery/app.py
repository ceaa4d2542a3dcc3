"""A Celery app on Stonks's Redis."""

from urllib.parse import unquote, urlsplit

from celery import Celery

MAINTENANCE = "maintenance"
SECONDS_FOR_REDIS = 1.0
VISIBLE_AFTER = 60
"""Seconds until Redis gives a task to another worker; each task is done long before."""


def celery_app(redis_url: str) -> Celery:
    """An app that knows no task yet; those that are sent are told by name.

    Each job has a queue of its own, and they are served in turn: however much there is to do of
    one, the others wait for no more than a moment.

    A worker that is killed gives its task back (``acks_late``, ``reject_on_worker_lost``), and
    Redis looks for such tasks every second; what is lost all the same is hinted at again.
    """
    app = Celery("stonks", broker=broker_url(redis_url), set_as_current=False)
    app.conf.update(
        task_default_queue=MAINTENANCE,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_publish_retry=False,
        worker_consumer="stonks.adapters.celery.consumer:SteadyConsumer",
        worker_prefetch_multiplier=1,
        worker_send_task_events=True,
        task_send_sent_event=True,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "global_keyprefix": "stonks:celery:",
            "queue_order_strategy": "round_robin",
            "visibility_timeout": VISIBLE_AFTER,
            "unacked_restore_interval": 1,
            "unacked_restore_throttle": 1,
            "socket_timeout": 30.0,
            "socket_connect_timeout": SECONDS_FOR_REDIS,
            "socket_keepalive": True,
        },
        enable_utc=True,
    )
    return app


def hints_app(redis_url: str) -> Celery:
    """The same for who gives hints: one try, since a stalled Redis must not stall the relay."""
    app = celery_app(redis_url)
    app.conf.broker_transport_options |= {"socket_timeout": SECONDS_FOR_REDIS, "max_retries": 0}
    return app


def broker_url(redis_url: str) -> str:
    """The same Redis as kombu spells it, which has another scheme for Unix sockets."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    user = f"{parts.netloc}" if parts.netloc.endswith("@") else ""
    return f"redis+socket://{user}{unquote(parts.path)}{'?' if parts.query else ''}{parts.query}"
