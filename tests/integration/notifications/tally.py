"""What the traces say of each follower, held against what arrived."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from uuid import uuid5

from stonks.domain.ids import NoticeId
from stonks.domain.notifications.delivery import State
from stonks.domain.notifications.way import EMAIL, IN_APP, PUSH
from tests.integration.notifications.crowd import Crowd, Follower
from tests.integration.notifications.works import Works
from tests.integration.sockets.client import Frame

WAYS = {"pushed": PUSH, "mailed": EMAIL, "online": IN_APP}
WHY: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "pushed": {IN_APP: ("skipped", "offline"), EMAIL: ("skipped", "has_device")},
    "mailed": {IN_APP: ("skipped", "offline"), PUSH: ("skipped", "no_device")},
    "online": {PUSH: ("skipped", "no_device"), EMAIL: ("skipped", "online")},
    "unwilling": dict.fromkeys((IN_APP, PUSH, EMAIL), ("skipped", "not_wanted")),
}
"""Beside the way by which they are told."""


@dataclass(slots=True)
class Tally:
    """Of one notice, when nothing waits any more."""

    sent: int = 0
    lost: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    uncalled: list[str] = field(default_factory=list)
    unexplained: dict[str, object] = field(default_factory=dict)
    inboxes: int = 0

    def check(self, injected: str, *, may_lose: int = 0) -> None:
        """Report, then hold it to promise (f)."""
        print(
            f"\ninjected: {injected}\nsent: {self.sent}, lost: {len(self.lost)}, "
            f"doubled: {len(self.doubled)}, in inboxes: {self.inboxes}"
        )
        assert self.doubled == [], "nobody is told twice"
        assert self.uncalled == [], "nobody is told whom nothing was sent to"
        assert self.missing == [], "everybody has it in their inbox, and what was sent arrived"
        assert self.unexplained == {}, "everybody can see why they were told, or not"
        assert len(self.lost) <= may_lose, (
            "nothing is lost but what was leaving when its sender died"
        )


def tally(crowd: Crowd, notice: NoticeId) -> Tally:
    """The traces first: what they call sent has arrived by then."""
    traces = {one: trace(crowd.works, one, notice) for one in crowd.followers}
    mails = [message_from_bytes(mail)["Message-ID"] for mail in crowd.works.postbox.delivered]
    mailed = Counter(str(id_).partition("@")[0] for id_ in mails)
    found = Tally()
    for follower, states in traces.items():
        letters = mailed[f"<{uuid5(notice, str(follower.id))}"]
        seen = len(pushes(crowd.works, follower, notice)) + len(frames(follower, notice))
        _count(found, follower, states, letters + seen)
    return found


def _count(
    found: Tally, follower: Follower, states: dict[str, tuple[str, str]], arrived: int
) -> None:
    found.doubled += [follower.username] * (arrived > 1)
    if follower.kind == "silent":
        found.uncalled += [follower.username] * bool(states or arrived)
        return
    found.inboxes += bool(states)
    way = WAYS.get(follower.kind, "")
    state, reason = states.pop(way, ("", ""))
    if states != WHY[follower.kind]:
        found.unexplained[follower.username] = states
    if state == State.SENT:
        found.sent += 1
        found.missing += [f"{follower.username} was sent it"] * (arrived == 0)
    elif state == State.LOST:
        found.lost.append(follower.username)
    else:
        found.uncalled += [follower.username] * bool(arrived)
        found.missing += [f"{follower.username}: {state}, {reason}"] * bool(way)


def pushes(works: Works, follower: Follower, notice: NoticeId) -> Sequence[Mapping[str, object]]:
    """What the follower's browser was pushed of it."""
    if follower.device is None:
        return []
    everything = [pushed.message for pushed in works.service.pushed(follower.device)]
    return [message for message in everything if message["id"] == str(notice)]


def frames(follower: Follower, notice: NoticeId) -> Sequence[Frame]:
    """All that the follower's socket was shown of it until now."""
    if follower.client is None:
        return []
    follower.client.send(type="ping")
    follower.client.until(type="pong")
    shown = [frame for frame in follower.client.unasked if frame["type"] == "notification"]
    return [frame for frame in shown if frame["notification"]["id"] == str(notice)]


def trace(works: Works, follower: Follower, notice: NoticeId) -> dict[str, tuple[str, str]]:
    """State and reason of each way; none where they do not have it."""
    found = works.container.traces().of(follower.id, notice)
    return {view.way: (view.state, view.reason) for view in found or ()}
