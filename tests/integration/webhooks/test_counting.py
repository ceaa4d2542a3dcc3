"""However many there are who may tell an endpoint, it is told each event once, in order."""

from collections.abc import Callable
from pathlib import Path

from stonks.adapters.celery import celery_app
from tests.integration.waiting import PATIENCE
from tests.integration.webhooks.counting import counted
from tests.integration.webhooks.hooked import Hooked

Times = Callable[[int], int]


def test_two_workers_tell_each_event_once_in_order(hooked: Hooked, tmp_path: Path) -> None:
    other = hooked.another_worker()
    with counted(hooked, tmp_path, lambda: "a second worker") as load:
        load.wait_for(300)
    assert other.terminate(PATIENCE) == 0


def test_one_task_fifty_times_doubles_nothing(hooked: Hooked, tmp_path: Path) -> None:
    app = celery_app(hooked.servers.redis_url)
    with counted(hooked, tmp_path, lambda: "three times the same task 50 times") as load:
        for _ in range(3):
            for _ in range(50):
                app.send_task("stonks.webhooks", ("steady",), queue="webhooks.steady", expires=30)
            load.wait_for(50)
