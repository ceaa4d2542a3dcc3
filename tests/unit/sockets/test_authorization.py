"""Who may say what on a socket: every frame that clients send, in every role."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from stonks.adapters.wire.examples import EXAMPLES
from stonks.adapters.wire.frames import CLIENT_FRAMES
from stonks.domain.ids import RoomId
from stonks.entrypoints.container import Container
from tests.contracts.authorization import ROLES
from tests.unit.sockets.peer import Peer
from tests.unit.sockets.theatre import Theatre

OUT = "not_subscribed"
ANSWERS = {
    "authenticate": ("token_invalid", *["authenticated"] * 8),
    "subscribe": (*["subscribed"] * 3, "banned", *["subscribed"] * 4, "channel_suspended"),
    "unsubscribe": ("unsubscribed",) * 9,
    "send": ("unauthenticated", "ack", "muted", "banned", *["ack"] * 4, "channel_suspended"),
    "typing": ("unauthenticated", "typing", "nothing", OUT, *["typing"] * 4, OUT),
    "ping": ("pong",) * 9,
}
MATRIX = {name: dict(zip(ROLES, answers, strict=True)) for name, answers in ANSWERS.items()}
FRAMES = {EXAMPLES[frame]["type"]: EXAMPLES[frame] for frame in CLIENT_FRAMES}
ENTERED_BEFORE = {"unsubscribe", "send", "typing"}
SAID_TO_ALL = {"entry", "viewers"}
numbers = count(1)


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    theatre.person("root", is_staff=True)
    yield theatre
    theatre.close()


def test_every_frame_has_its_row() -> None:
    assert set(MATRIX) == set(FRAMES)


@pytest.mark.parametrize("name", FRAMES)
def test_each_role_may_say_what_is_its_own_and_nothing_else(theatre: Theatre, name: str) -> None:
    assert {role: answer(theatre, role, name) for role in ROLES} == MATRIX[name]


def answer(theatre: Theatre, role: str, name: str) -> str:
    """What comes of a frame: an answer, the code of a refusal, or what others are told."""
    host, actor, bystander = (f"{kind}{next(numbers)}" for kind in ("host", "actor", "bystander"))
    for person in (host, actor, bystander):
        theatre.person(person)
    _, room = theatre.town.channel(host, theatre.people[host].profile_id)
    onlooker = theatre.enter(bystander, room, on=1)
    token = {"HOST": host, "HOST while suspended": host, "SUPERADMIN": "root"}.get(role, actor)
    settle(theatre, role, host, actor, room)
    peer = theatre.connect()
    if role != "anonymous" and name != "authenticate":
        said(peer, type="authenticate", token=token)
    if name in ENTERED_BEFORE:
        said(peer, type="subscribe", room=str(room))
    own = {"room": str(room), "token": token if role != "anonymous" else "nobody's", "after": 0}
    example = FRAMES[name]
    told = said(peer, **{key: own.get(key, example[key]) for key in example})
    if name == "typing" and told == "nothing":
        patience = 0.05 if role == "muted" else 3.0
        return "typing" if onlooker.sees(lambda it: it.got("typing"), patience) else told
    return told


def settle(theatre: Theatre, role: str, host: str, actor: str, room: RoomId) -> None:
    box = theatre.container
    lines = {
        "muted": (host, f"/mute @{actor}"),
        "banned": (host, f"/ban @{actor}"),
        "ADMIN": (host, f"/set admin @{actor}"),
        "HOST while suspended": ("root", "/suspend"),
    }
    if role in lines:
        who, line = lines[role]
        box.apply_chat_command()(actor=theatre.people[who].profile_id, room_id=room, line=line)
    if role == "HOST elsewhere":
        theatre.town.channel(actor, theatre.people[actor].profile_id)


def said(peer: Peer, **frame: Any) -> str:
    """The first answer to a frame; the ``pong`` of a ping after it says that there is none."""
    peer.frames.clear()
    peer.say(**frame)
    if frame["type"] != "ping":
        peer.say(type="ping")
    assert peer.sees(lambda it: it.got("pong")), peer.said
    answers = [heard for heard in peer.said if heard["type"] not in SAID_TO_ALL]
    first = answers[0]
    if first["type"] == "pong" and frame["type"] != "ping":
        return "nothing"
    return str(first.get("code", first["type"]))
