"""Streams that flap, and a thousand who follow at once: people are told of it once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from time import monotonic

from stonks.adapters.clock import new_id, now
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.grouping import UPDATE_AFTER
from tests.contracts.town import SteppingClock, Town
from tests.integration.notifications.crowd import Crowd, Follower, new_crowd, with_device
from tests.integration.notifications.tally import pushes, tally
from tests.integration.notifications.works import Works
from tests.integration.social.test_races import wrong_counts
from tests.integration.sockets.client import Client, Frame
from tests.integration.sockets.people import Person, call, sign_up

THREADS = 8
FOLLOWERS = 1000


def test_ten_stops_and_starts_announce_once(works: Works) -> None:
    crowd = new_crowd(works, pushed=5, mailed=5, silent=2, unwilling=2)
    notice = crowd.go_live("and back again")
    works.settle()
    for _ in range(10):
        crowd.stop()
        stream = crowd.start("and back again")
        works.settle()
        assert crowd.notice(stream) is None
    tally(crowd, notice).check("ten stops and starts within ten minutes")
    inboxes = works.container.inbox_reads()
    assert [inboxes.unread(one.id) for one in crowd.followers if one.kind != "silent"] == [1] * 12


def test_a_thousand_follows_are_one_entry_one_push_and_few_frames(works: Works) -> None:
    crowd = new_crowd(works)
    host = Follower(crowd.host_id, crowd.host.username, "pushed", works.service.register())
    assert host.device is not None
    with_device(works, host.id, host.device)
    with Client(works.there, person=crowd.host) as client:
        began = monotonic()
        follow_all(crowd, strangers(works, FOLLOWERS))
        works.settle()
        seconds = monotonic() - began
        shown = heard(client)
    (entry,) = works.container.inbox_reads().page(host.id, before=None, limit=9)
    assert entry.data["count"] == FOLLOWERS
    assert len(pushes(works, host, entry.id)) == 1
    counts = [frame["notification"]["data"]["count"] for frame in shown]
    print(f"\ninjected: {FOLLOWERS} follows in {seconds:.1f} s\nframes: {counts}, pushes: 1")
    assert counts == sorted(counts)
    assert counts[0] < FOLLOWERS, "the first of it is told at once"
    assert counts[-1] == FOLLOWERS
    rounds = 1 + seconds / UPDATE_AFTER.total_seconds()
    assert len(counts) <= 1 + 2 * rounds, "what is told, and what a sweep looks up in between"


def heard(client: Client) -> list[Frame]:
    """All notifications that were shown until now, and one more look at what was missed."""
    client.send(type="ping")
    client.until(type="pong")
    return [frame for frame in client.unasked if frame["type"] == "notification"]


def strangers(works: Works, many: int) -> list[ProfileId]:
    people = [ProfileId(new_id()) for _ in range(many)]
    with works.container.begin_identity()() as work:
        for number, id_ in enumerate(people):
            name, at = f"stranger{number}", now()
            mail = f"{name}@example.org"
            work.profiles.add(Profile(id_, name.title(), name, mail, None, True, at, at))
    return people


def follow_all(crowd: Crowd, people: list[ProfileId]) -> None:
    follow = crowd.works.container.follow_profile()
    name = crowd.host.username
    with ThreadPoolExecutor(THREADS) as threads:
        assert all(threads.map(lambda person: follow(actor=person, username=name), people))


def test_promise_g_counts_are_right_under_follows_on_two_servers(
    works: Works, times: Callable[[int], int]
) -> None:
    people = [sign_up(works.here, f"whirl{number}") for number in range(THREADS)]

    def whirl(number: int) -> None:
        chance, me = Random(number), people[number]
        for turn in range(times(25)):
            server = (works.here, works.there)[turn % 2]
            other = chance.choice([person for person in people if person is not me])
            method = "PUT" if chance.random() < 0.6 else "DELETE"
            call(server, method, f"/profiles/{other.username}/follow", person=me)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(whirl, range(THREADS)))
    assert wrong_counts(Town(works.container, SteppingClock())) == 0
    assert sum(followers(works, person) for person in people) > 0
    works.settle()


def followers(works: Works, person: Person) -> int:
    """As a page is told, which are as many as there are in the list."""
    path = f"/profiles/{person.username}"
    told = int(call(works.here, "GET", path).json()["followers"])
    listed = call(works.there, "GET", f"{path}/followers?limit=100").json()["items"]
    assert told == len(listed)
    return told
