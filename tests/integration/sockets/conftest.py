"""A stage on two servers, for a whole module."""

from collections.abc import Iterator

import pytest

from tests.integration.servers import RunningServer
from tests.integration.sockets.stage import Stage, set_stage


@pytest.fixture(scope="module")
def stage(two_servers: tuple[RunningServer, RunningServer]) -> Iterator[Stage]:
    stage = set_stage(*two_servers)
    yield stage
    stage.end()
