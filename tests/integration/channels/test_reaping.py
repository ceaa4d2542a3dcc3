"""A HOST who vanishes from real servers."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

import requests
from sqlalchemy import create_engine, update

from stonks.adapters.postgres.tables.channels import streams
from tests.browser.people import someone
from tests.integration.servers import Servers


def until(is_so: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = monotonic() + seconds
    while not is_so():
        assert monotonic() < end, f"never so: {what}"
        sleep(0.1)


def test_the_stream_is_ended_once_by_whichever_process_comes_first(
    serve: Servers, postgres_url: str
) -> None:
    servers = [serve(stream_grace_seconds=10, web_workers=2) for _ in range(2)]
    host = someone(servers[0].url, "vanishing")
    host.open("vanishing", "A title")
    lounge = f"{host.api}/channels/vanishing"

    def told() -> list[dict[str, Any]]:
        return list(requests.get(f"{lounge}/messages", timeout=10).json()["items"])

    host.post("/channels/vanishing/streams", {})
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        an_hour = timedelta(hours=1)
        connection.execute(update(streams).values(seen_at=streams.c.seen_at - an_hour))
    engine.dispose()
    until(lambda: requests.get(lounge, timeout=10).json()["live"] is None, "that it is over")
    host.post("/channels/vanishing/streams", {})
    kinds = ["stream_started", "stream_ended", "stream_started"]
    assert [entry["kind"] for entry in told()] == kinds
    assert told()[1]["data"]["reason"] == "vanished"
    assert told()[1]["actor"]["username"] == "vanishing"
    host.post("/channels/vanishing/streams/current/beat", {})
    host.post("/channels/vanishing/streams/current/end", {})
