"""How far those who work apart from requests are behind, as the store knows it."""

from collections.abc import Iterator, Mapping
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
            failing, oldest = self.reads.failing(), self.reads.oldest()
        except Unavailable:
            return
        yield GaugeMetricFamily(
            "stonks_outbox_waiting",
            "Events that nobody has handled, up to 2,000",
            value=lag.waiting,
        )
        yield GaugeMetricFamily(
            "stonks_outbox_oldest_seconds", "Age of the oldest of them", value=lag.oldest
        )
        yield _by_job("waiting", "What may be done now, up to some 2,000 a job", waiting)
        yield _by_job("failing", "What failed and is to be tried again, likewise", failing)
        yield _by_job("oldest_seconds", "How long the first in turn has waited", oldest)


def _by_job(name: str, about: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"stonks_work_{name}", about, labels=["job"])
    for job, value in values.items():
        family.add_metric([job], value)
    return family


def work_exposition(reads: WorkReads) -> bytes:
    registry = CollectorRegistry()
    registry.register(WorkCollector(reads))
    return generate_latest(registry)
