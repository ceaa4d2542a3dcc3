"""``/healthz``, ``/readyz`` and ``/metrics``."""

from itertools import chain
from typing import TYPE_CHECKING

from flask import Response
from marshmallow import fields

from stonks.domain.errors import Unavailable
from stonks.entrypoints.http.bodies import Shape
from stonks.entrypoints.http.health.exposition import UNKNOWN_SCRAPER, exposition, must_be_let_in
from stonks.entrypoints.http.health.work import work_exposition
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.problems import Problem
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ABOUT = "For load balancers and monitors."


class StatusShape(Shape):
    status = fields.String(required=True)


def blueprint(container: "Container") -> Routes:
    routes = Routes("health", "", ABOUT, container)

    @routes.get("/healthz")
    @routes.answers(200, StatusShape, example={"status": "ok"})
    def healthz() -> Response:
        """Tell whether this process is alive"""
        return answer({"status": "ok"})

    @routes.get("/readyz")
    @routes.answers(200, StatusShape, example={"status": "ready"})
    @routes.refuses(_not_ready({"redis": ["does not answer"]}))
    def readyz() -> Response:
        """Tell whether this process takes requests

        It does while the database and Redis answer, the migrations are applied, and nobody has
        told it to stop.
        """
        failing = _failing(container)
        if failing:
            return _not_ready(failing).response()
        return answer({"status": "ready"})

    @routes.get("/metrics")
    @routes.answers(200, description="Prometheus' text format")
    @routes.refuses(UNKNOWN_SCRAPER)
    def metrics() -> Response:
        """Give counts and durations to Prometheus

        Where a metrics token is set, it is sent as a bearer token.
        """
        must_be_let_in(container.settings().metrics_token)
        return exposition(work_exposition(container.work_reads()))

    return routes


def _failing(container: "Container") -> dict[str, list[str]]:
    if container.draining().is_on:
        return {"process": ["is stopping"]}
    failing = {}
    for name, check in chain.from_iterable(group.items() for group in container.checks()):
        try:
            check()
        except Unavailable as refusal:
            failing[name] = [refusal.detail]
    return failing


def _not_ready(failing: dict[str, list[str]]) -> Problem:
    detail = "; ".join(f"{name} {reasons[0]}" for name, reasons in failing.items())
    return Problem(503, "not_ready", detail, failing, {"Retry-After": "1"})
