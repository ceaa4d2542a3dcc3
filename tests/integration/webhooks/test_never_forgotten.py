"""However receivers behave, each endpoint ends delivered, behind or disabled, and comes back."""

from collections import Counter
from collections.abc import Sequence
from threading import Event

import pytest
from sqlalchemy import text

from stonks.domain.webhooks.event_type import EventType
from stonks.domain.webhooks.retrying import DELAYS
from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hook, Hooked
from tests.integration.webhooks.recorder import Recorder, Request, recorder

CHANNELS, OF_EACH, MESSAGES = 5, 4, 20
BAD = {"/500": "behind", "/never": "behind", "/410": "disabled"}
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


def misbehave(noting: Recorder) -> Event:
    """Answer as the path says; who never answers does when the event is set."""
    over = Event()

    def answer(request: Request) -> int:
        if request.path == "/never":
            over.wait()
        return {"/500": 500, "/410": 410}.get(request.path, 204)

    noting.answer = answer
    return over


def spread(hooked: Hooked, noting: Recorder) -> dict[str, Hook]:
    """Active endpoints by path, some of each channel."""
    names = [*BAD, *(f"/fine-{n}" for n in range(CHANNELS * OF_EACH - len(BAD)))]
    channels = [hooked.open_channel() for _ in range(CHANNELS)]
    hooks = {
        name: channels[number % CHANNELS].add(
            noting.url.rstrip("/") + name, EventType.MESSAGE_POSTED
        )
        for number, name in enumerate(names)
    }
    for hook in hooks.values():
        hook.activate()
    return hooks


@pytest.mark.soak
def test_every_endpoint_is_delivered_behind_or_disabled_and_all_can_come_back(
    hooked: Hooked,
) -> None:
    with recorder() as noting:
        over, hooks = misbehave(noting), spread(hooked, noting)
        channels = {hook.channel.slug: hook.channel for hook in hooks.values()}
        for channel in channels.values():
            channel.say_many(MESSAGES)
        fine = [hook for path, hook in hooks.items() if path not in BAD]
        for hook in fine:
            hook.wait_until_told_all()
        wait_until(lambda: hooks["/410"].read()["status"] == "disabled", "who is gone is disabled")
        for path in ("/500", "/never"):
            hooks[path].wait_until_failed()
        found = ends(hooked, [*hooks.values()])
        print(f"\ninjected: {BAD}\nendpoints: {len(hooks)}, ends: {dict(found)}")
        assert found == Counter({"delivered": len(fine)}) + Counter(BAD.values())
        over.set()
        noting.answer = lambda _: 204
        hooks["/410"].activate()
        for path, hook in hooks.items():
            hook.pass_delay()
            hook.wait_until_told_all()
            seqs = [request.seq for request in noting.requests(path)]
            assert [*dict.fromkeys(seqs)] == [entry["seq"] for entry in hook.channel.log()]
        assert ends(hooked, [*hooks.values()]) == {"delivered": len(hooks)}


def test_who_keeps_failing_ends_disabled_with_every_attempt_on_record(hooked: Hooked) -> None:
    with recorder() as noting:
        noting.answer = lambda _: 500
        hook = hooked.open_channel().add(noting.url, EventType.MESSAGE_POSTED)
        hook.activate()
        hook.channel.say_many(2)
        for failures in range(1, len(DELAYS) + 1):
            assert hook.wait_until_failed(failures)["status"] == "active"
            assert ends(hooked, [hook]) == {"behind": 1}
            hook.pass_delay()
        wait_until(lambda: hook.read()["status"] == "disabled", "it is given up")
        assert ends(hooked, [hook]) == {"disabled": 1}
        assert [request.seq for request in noting.requests()] == [1] * (len(DELAYS) + 1)
        assert [one["outcome"] for one in hook.told()] == ["failed"] * (len(DELAYS) + 1)
