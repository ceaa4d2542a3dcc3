"""A real receiver gets everything that happens in a channel, in order, verified by its library."""

from pathlib import Path

from tests.integration.webhooks.hooked import Hooked
from tests.integration.webhooks.receivers import told


def test_what_is_said_arrives_in_the_order_of_the_log(hooked: Hooked, tmp_path: Path) -> None:
    channel = hooked.open_channel()
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        channel.say_many(20)
        channel.say("by HTTP")
        hook.wait_until_told_all()
        log = channel.log()
        assert receiver.seqs() == [entry["seq"] for entry in log]
        assert [e["data"].get("text") for e in receiver.taken()] == [
            entry["data"].get("text") for entry in log
        ]
