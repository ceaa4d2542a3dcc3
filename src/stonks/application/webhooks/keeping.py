"""Keeping an endpoint that somebody changed."""

from stonks.application.webhooks.ports import WebhooksWork
from stonks.domain.webhooks.endpoint import Endpoint


def keep(work: WebhooksWork, endpoint: Endpoint) -> None:
    """What it has not been told is due at once, by the store's clock."""
    work.endpoints.save(endpoint)
    work.turns.wake([endpoint.room_id])
