"""Each live notification is shown once to each connection, also where the bus loses it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from stonks.adapters.clock import now
from stonks.application.notifications.ports import NotificationView
from stonks.domain.identity.access_token import AccessToken
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.scope import Scope
from stonks.entrypoints.container import Container
from stonks.entrypoints.sockets.showing import LOOKED_FOR
from tests.unit.sockets.inboxes import follow
from tests.unit.sockets.peer import Peer, eventually
from tests.unit.sockets.theatre import Theatre


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    for name in ("ada", "bob"):
        theatre.person(name)
    yield theatre
    theatre.close()


def sign_in(theatre: Theatre, name: str, on: int = 0) -> Peer:
    peer = theatre.connect(on=on, ticket_of=name)
    assert peer.sees(lambda it: it.got("authenticated"))
    return peer


def give(theatre: Theatre, name: str, *scopes: Scope) -> None:
    """Let whoever signs in be a program with these."""
    theatre.people[name] = theatre.people[name].within(scopes)
    id_ = theatre.people[name].session_id
    token = AccessToken(id_, name, "stonks_pat_", digest_of(name), frozenset(scopes))
    theatre.container.identity_tables().access_tokens.put(id_, token)


def tell(theatre: Theatre, view: NotificationView, *names: str, is_lost: bool = False) -> None:
    """What a worker does: put it into inboxes, and then publish, if it lives that long."""
    people = [theatre.people[name].profile_id for name in names]
    theatre.inboxes.put(view, *people)
    if not is_lost:
        theatre.container.tell()(view, people)


def look(theatre: Theatre) -> None:
    for hub in theatre.hubs:
        hub._showing.missed()


def counts(peer: Peer) -> list[int]:
    """The counts of followers that were shown until now, as a ``pong`` tells where that is."""
    before = len(peer.got("pong"))
    peer.say(type="ping")
    assert peer.sees(lambda it: len(it.got("pong")) > before)
    return [frame["notification"]["data"]["count"] for frame in peer.got("notification")]


def test_every_connection_of_a_person_is_shown_it_once_and_nobody_else(theatre: Theatre) -> None:
    peers = [sign_in(theatre, "ada", on) for on in (0, 0, 1)]
    others = [sign_in(theatre, "bob"), theatre.connect()]
    view = follow(3)
    tell(theatre, view, "ada")
    look(theatre)
    tell(theatre, view, "ada")
    assert [counts(peer) for peer in peers] == [[3], [3], [3]]
    assert [counts(peer) for peer in others] == [[], []]
    (frame,) = peers[0].got("notification")
    assert frame["notification"] == {
        "id": str(view.id),
        "type": "new_follower",
        "at": frame["notification"]["at"],
        "readAt": None,
        "data": {"count": 3, "followers": ["grace"]},
    }


def test_what_the_bus_lost_is_shown_once_by_a_sweep(theatre: Theatre) -> None:
    here, there = sign_in(theatre, "ada"), sign_in(theatre, "ada", 1)
    first, second = follow(1), follow(2)
    tell(theatre, first, "ada", is_lost=True)
    tell(theatre, second, "ada")
    assert (counts(here), counts(there)) == ([2], [2])
    look(theatre)
    look(theatre)
    theatre.container.tell()(first, [theatre.people["ada"].profile_id])  # late, or repeated
    assert (counts(here), counts(there)) == ([2, 1], [2, 1])


def test_when_the_bus_is_back_what_was_lost_is_looked_for_at_once(theatre: Theatre) -> None:
    peer = sign_in(theatre, "ada")
    tell(theatre, follow(1), "ada", is_lost=True)
    theatre.hubs[0]._look_again()
    assert peer.sees(lambda it: it.got("notification"))


def test_what_changes_is_shown_again_and_never_as_it_was_before(theatre: Theatre) -> None:
    peer = sign_in(theatre, "ada")
    views = [follow(1)]
    for count in (2, 3, 4):
        data = {**views[0].data, "count": count}
        views.append(replace(views[0], at=views[-1].at + timedelta(microseconds=1), data=data))
    tell(theatre, views[0], "ada")
    tell(theatre, views[1], "ada")
    look(theatre)
    tell(theatre, views[3], "ada", is_lost=True)
    look(theatre)
    theatre.container.tell()(views[2], [theatre.people["ada"].profile_id])
    assert counts(peer) == [1, 2, 4]


def test_what_was_there_before_somebody_came_is_not_shown(theatre: Theatre) -> None:
    tell(theatre, follow(1), "ada", is_lost=True)
    peer = sign_in(theatre, "ada")
    tell(theatre, follow(2), "ada", is_lost=True)
    look(theatre)
    assert counts(peer) == [2]


def test_what_is_old_is_looked_for_no_more(theatre: Theatre) -> None:
    peer = sign_in(theatre, "ada")
    (shown,) = theatre.hubs[0]._showing._shown.values()
    shown.since -= 2 * LOOKED_FOR
    tell(theatre, follow(1, now() - LOOKED_FOR - timedelta(seconds=1)), "ada", is_lost=True)
    tell(theatre, follow(2, now() - LOOKED_FOR + timedelta(seconds=9)), "ada", is_lost=True)
    look(theatre)
    assert counts(peer) == [2]


def test_what_was_read_elsewhere_in_the_meantime_is_not_shown(theatre: Theatre) -> None:
    peer, view = sign_in(theatre, "ada"), follow(1)
    theatre.inboxes.read(view, theatre.people["ada"].profile_id)
    look(theatre)
    assert counts(peer) == []


def test_a_new_token_on_the_same_connection_loses_and_doubles_nothing(theatre: Theatre) -> None:
    peer, shown = sign_in(theatre, "ada"), follow(1)
    tell(theatre, shown, "ada")
    tell(theatre, follow(2), "ada", is_lost=True)
    peer.say(type="authenticate", token="ada")
    assert peer.sees(lambda it: len(it.got("authenticated")) == 2)
    look(theatre)
    theatre.container.tell()(shown, [theatre.people["ada"].profile_id])
    assert counts(peer) == [1, 2]


def test_who_comes_back_at_once_gets_what_they_missed_in_between(theatre: Theatre) -> None:
    first, hub = sign_in(theatre, "ada"), theatre.hubs[0]
    tell(theatre, follow(1), "ada")
    assert counts(first) == [1]
    first.sock.close()
    assert eventually(lambda: not hub.size)
    tell(theatre, follow(2), "ada")
    again = sign_in(theatre, "ada")
    look(theatre)
    assert counts(again) == [2]


def test_who_left_is_forgotten(theatre: Theatre) -> None:
    peer, hub = sign_in(theatre, "ada"), theatre.hubs[0]
    tell(theatre, follow(1), "ada")
    peer.sock.close()
    assert eventually(lambda: not hub.size)
    look(theatre)
    assert hub._showing._shown == {}
    asked = theatre.inboxes.questions
    look(theatre)
    assert theatre.inboxes.questions == asked


def test_who_signs_in_as_somebody_else_gets_what_is_for_that_one(theatre: Theatre) -> None:
    peer = sign_in(theatre, "ada")
    peer.say(type="authenticate", token="bob")
    assert peer.sees(lambda it: len(it.got("authenticated")) == 2)
    tell(theatre, follow(1), "ada")
    tell(theatre, follow(2), "bob")
    look(theatre)
    assert counts(peer) == [2]


def test_a_token_needs_the_scope_to_be_told(theatre: Theatre) -> None:
    give(theatre, "ada", Scope.CHAT_WRITE, Scope.MODERATION)
    give(theatre, "bob", Scope.NOTIFICATIONS_READ)
    ada, bob = sign_in(theatre, "ada"), sign_in(theatre, "bob")
    tell(theatre, follow(1), "ada", "bob")
    tell(theatre, follow(2), "ada", "bob", is_lost=True)
    look(theatre)
    assert counts(ada) == []
    assert counts(bob) == [1, 2]


def test_a_program_that_is_not_told_takes_nothing_from_its_owner(theatre: Theatre) -> None:
    owner = theatre.people["ada"]
    give(theatre, "ada", Scope.CHAT_WRITE)
    program = sign_in(theatre, "ada")
    theatre.people["ada"] = owner
    tell(theatre, follow(0), "ada", is_lost=True)  # before the owner came, if not the program
    person = sign_in(theatre, "ada")
    tell(theatre, follow(1), "ada")
    tell(theatre, follow(2), "ada", is_lost=True)
    look(theatre)
    assert counts(program) == []
    assert counts(person) == [1, 2]


def test_a_look_that_fails_loses_nothing(theatre: Theatre) -> None:
    peer = sign_in(theatre, "ada")
    tell(theatre, follow(1), "ada", is_lost=True)
    showing = theatre.hubs[0]._showing

    def broken(*_: object) -> None:
        raise OSError("the database is away")

    showing._missed, whole = broken, showing._missed  # type: ignore[assignment]
    with pytest.raises(OSError, match="away"):
        showing.missed()
    showing._missed = whole
    look(theatre)
    assert counts(peer) == [1]
