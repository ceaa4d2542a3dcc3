"""Programs with a personal access token on a socket."""

from collections.abc import Iterator

import pytest

from stonks.domain.identity.access_token import AccessToken
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import RoomId
from stonks.entrypoints.container import Container
from tests.unit.sockets.test_authorization import said
from tests.unit.sockets.theatre import Theatre


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    for name in ("ada", "bob"):
        theatre.person(name)
    theatre.person("root", is_staff=True)
    yield theatre
    theatre.close()


@pytest.fixture
def room(theatre: Theatre) -> RoomId:
    return theatre.town.channel("garden", theatre.people["ada"].profile_id)[1]


def give(theatre: Theatre, name: str, *scopes: Scope) -> None:
    """Let the session of somebody be that of a token."""
    session_id = theatre.people[name].session_id
    token = AccessToken(session_id, name, "stonks_pat_", digest_of(name), frozenset(scopes))
    theatre.container.identity_tables().access_tokens.put(session_id, token)


def test_a_token_without_the_scope_reads_and_writes_nothing(theatre: Theatre, room: RoomId) -> None:
    give(theatre, "ada", Scope.PROFILE_READ)
    peer, other = theatre.enter("ada", room), theatre.enter("bob", room)
    for text in ("Hello", "/help", "//not a command"):
        assert said(peer, type="send", room=str(room), text=text, nonce=text) == "scope_missing"
    assert said(peer, type="typing", room=str(room)) == "scope_missing"
    assert said(other, type="send", room=str(room), text="Hi", nonce="1") == "ack"
    assert peer.sees(lambda it: it.got("entry"))


def test_the_refusal_names_the_message_again(theatre: Theatre, room: RoomId) -> None:
    give(theatre, "ada", Scope.PROFILE_READ)
    peer = theatre.enter("ada", room)
    said(peer, type="send", room=str(room), text="Hello", nonce="mine")
    (error,) = peer.got("error")
    assert (error["code"], error["nonce"]) == ("scope_missing", "mine")


def test_who_writes_moderates_only_with_the_scope_for_it(theatre: Theatre, room: RoomId) -> None:
    give(theatre, "ada", Scope.CHAT_WRITE)
    peer = theatre.enter("ada", room)
    assert said(peer, type="send", room=str(room), text="Hello", nonce="1") == "ack"
    for number, line in enumerate(("/mute @bob", "/set admin @bob", "/suspend", '/set title "x"')):
        frame = {"room": str(room), "text": line, "nonce": f"line-{number}"}
        assert said(peer, type="send", **frame) == "scope_missing", line
    give(theatre, "ada", Scope.CHAT_WRITE, Scope.MODERATION)
    peer = theatre.enter("ada", room)
    assert said(peer, type="send", room=str(room), text="/mute @bob", nonce="2") == "result"


def test_staff_are_nobody_special_by_a_token_that_is_not_for_it(
    theatre: Theatre, room: RoomId
) -> None:
    give(theatre, "root", Scope.CHAT_WRITE, Scope.MODERATION)
    peer = theatre.enter("root", room)
    frame = {"type": "send", "room": str(room), "text": "/suspend", "nonce": "s"}
    assert said(peer, **frame) == "scope_missing"
    give(theatre, "root", Scope.CHAT_WRITE, Scope.ADMIN)
    assert said(theatre.enter("root", room), **frame) == "result"
