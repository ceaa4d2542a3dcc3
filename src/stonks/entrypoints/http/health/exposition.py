"""Metrics as Prometheus reads them, of all worker processes where there are several."""

import hmac
import os

from flask import Response, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from stonks.domain.errors import Unauthenticated

UNKNOWN_SCRAPER = Unauthenticated("token_missing", "send the metrics token as a bearer token")


def exposition(more: bytes = b"") -> Response:
    """All that is counted here, and ``more`` of the same format."""
    return Response(generate_latest(_registry()) + more, content_type=CONTENT_TYPE_LATEST)


def must_be_let_in(token: str) -> None:
    """Raise ``Unauthenticated`` unless the request carries ``token``, where one is set."""
    given = request.headers.get("Authorization", "")
    if token and not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Unauthenticated(UNKNOWN_SCRAPER.code, UNKNOWN_SCRAPER.detail)


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
