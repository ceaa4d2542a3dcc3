"""How far those who work apart from requests are behind, as the store knows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from stonks.application.notifications.ports import WorkReads
from stonks.domain.errors import Unavailable


@dataclass(frozen=True, slots=True, eq=False)  # a registry keeps each by itself
class WorkCollector(Collector):
    """Gauges that are read when somebody asks; none while the store is away."""

    reads: WorkReads

    def collect(self) -> Iterator[Metric]:
        try:
            lag, waiting = self.reads.lag(), self.reads.waiting()
        except Unavailable:
            return
        yield GaugeMetricFamily(
            "stonks_outbox_waiting", "Events that nobody has handled", value=lag.waiting
        )
        yield GaugeMetricFamily(
            "stonks_outbox_oldest_seconds", "Age of the oldest of them", value=lag.oldest
        )
        ready = GaugeMetricFamily(
            "stonks_work_waiting",
            "What may be done now, by job, counted up to some 2,000",
            labels=["job"],
        )
        for job, count in waiting.items():
            ready.add_metric([job], count)
        yield ready


def work_exposition(reads: WorkReads) -> bytes:
    registry = CollectorRegistry()
    registry.register(WorkCollector(reads))
    return generate_latest(registry)
