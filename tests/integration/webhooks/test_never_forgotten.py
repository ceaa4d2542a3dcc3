"""However receivers behave, each endpoint ends delivered, behind or disabled, and comes back."""

import json
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import text

from stonks.application.egress.ports import Answer
from stonks.domain.webhooks.event_type import EventType
from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hook, Hooked
from tests.integration.webhooks.scripted import FAILS, TAKEN, Scripted, scripted

CHANNELS, ENDPOINTS, MESSAGES = 5, 20, 20
GONE = Answer(410, {}, b"")
_ENDS = """
SELECT CASE WHEN e.status = 'disabled' AND e.disabled_because IS NOT NULL THEN 'disabled'
            WHEN e.status <> 'active' THEN 'forgotten'
            WHEN e.position = r.last_seq THEN 'delivered'
            WHEN e.due_at IS NOT NULL THEN 'behind'
            ELSE 'forgotten' END
  FROM webhook_endpoints e JOIN rooms r ON r.id = e.room_id
 WHERE e.id = ANY(CAST(:ids AS uuid[]))
"""


def ends(hooked: Hooked, hooks: Sequence[Hook]) -> Counter[str]:
    """What becomes of them once those that rest and are behind were woken."""
    hooked.container.wake_endpoints()()
    with hooked.container.engine().connect() as connection:
        found = connection.execute(text(_ENDS), {"ids": [hook.id for hook in hooks]})
        return Counter(end for (end,) in found)


def spread(hooked: Hooked, urls: Sequence[str]) -> list[Hook]:
    """Active endpoints, some of each channel."""
    channels = [hooked.open_channel() for _ in range(CHANNELS)]
    hooks = [
        channels[number % CHANNELS].add(url, EventType.MESSAGE_POSTED)
        for number, url in enumerate(urls)
    ]
    for hook in hooks:
        hook.activate()
    return hooks


def test_every_endpoint_is_delivered_behind_or_disabled_and_all_can_come_back(
    hooked: Hooked,
) -> None:
    with scripted() as failing, scripted() as silent, scripted() as gone, scripted() as fine:
        failing.usual, gone.usual = FAILS, GONE
        urls = [failing.url, silent.url, gone.url]
        urls += [f"{fine.url}{number}" for number in range(ENDPOINTS - len(urls))]
        hooks = spread(hooked, urls)
        fails, hangs, ended, *told = hooks
        with silent.gate():
            for channel in {hook.channel.slug: hook.channel for hook in hooks}.values():
                channel.say_many(MESSAGES)
            for hook in told:
                hook.wait_until_told_all()
            wait_until(lambda: ended.read()["status"] == "disabled", "who is gone is disabled")
            fails.wait_until_failed()
            hangs.wait_until_failed()
            found = ends(hooked, hooks)
        print(f"\ninjected: one fails, one is silent, one is gone\nends: {dict(found)}")
        assert found == {"delivered": len(told), "behind": 2, "disabled": 1}
        failing.usual = gone.usual = TAKEN
        ended.activate()
        for hook, url in zip(hooks, urls, strict=True):
            hook.pass_delay()
            hook.wait_until_told_all()
            seen = [seq for receiver in (failing, silent, gone, fine) for seq in at(receiver, url)]
            assert [*dict.fromkeys(seen)] == [entry["seq"] for entry in hook.channel.log()]
        assert ends(hooked, hooks) == {"delivered": len(hooks)}


def at(receiver: Scripted, url: str) -> list[int]:
    """What was told there."""
    return [json.loads(asked.body)["data"]["seq"] for asked in receiver.asked if asked.url == url]
