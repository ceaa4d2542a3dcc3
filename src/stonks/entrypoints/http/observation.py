"""A name for each request, a line in the log, and a count."""

import re
from functools import cache
from time import perf_counter

import structlog
from flask import Flask, Response, g, request
from flask_smorest.spec.plugins import FlaskPlugin

from stonks.adapters.clock import new_id
from stonks.entrypoints.http.metrics import DURATION, REQUESTS

log = structlog.get_logger(__name__)
SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def observe(app: Flask) -> None:
    """Bind a request id to all that is logged, echo it, and measure each request."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if SANE_ID.fullmatch(given) else new_id().hex
    g.began = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    if "began" not in g:  # another hook refused before ours ran
        return response
    took = perf_counter() - g.began
    route = _template(request.url_rule.rule) if request.url_rule else "unmatched"
    method = request.method if request.url_rule else "any"
    REQUESTS.labels(method, route, response.status_code).inc()
    DURATION.labels(method, route).observe(took)
    _log(response, route, took)
    response.headers["X-Request-Id"] = g.request_id
    return response


@cache
def _template(rule: str) -> str:
    """The rule as the API's document writes it."""
    template: str = FlaskPlugin.flaskpath2openapi(rule)
    return template


def _log(response: Response, route: str, took: float) -> None:
    if request.method in ("GET", "HEAD") and response.status_code < 500:
        return  # reads are counted, not told one by one
    log.info(
        "request",
        method=request.method,
        route=route,
        status=response.status_code,
        milliseconds=round(took * 1000, 1),
    )
