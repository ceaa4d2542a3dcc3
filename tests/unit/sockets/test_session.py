"""The protocol, from a client's side: in memory, with two hubs as two processes have them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from uuid import uuid4

import gevent
import pytest
from websockets.frames import Opcode

from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.application.chat.ports import Writer
from stonks.application.chat.post_messages import Draft
from stonks.domain.ids import RoomId
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.sockets.limits import SocketLimits
from tests.unit.sockets.peer import Peer, eventually
from tests.unit.sockets.theatre import Theatre


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    theatre.person("ada")
    theatre.person("bob")
    theatre.person("root", is_staff=True)
    yield theatre
    theatre.close()


@pytest.fixture
def room(theatre: Theatre) -> RoomId:
    return theatre.town.channel("garden", theatre.people["ada"].profile_id)[1]


def send(peer: Peer, room: RoomId, text: str, nonce: str | None = None) -> dict[str, object]:
    """Write, and get the answer."""
    nonce = nonce or uuid4().hex
    peer.say(type="send", room=str(room), text=text, nonce=nonce)

    def answers(it: Peer) -> list[dict[str, object]]:
        return [frame for frame in it.said if frame.get("nonce") == nonce]

    assert peer.sees(answers), peer.said
    return answers(peer)[0]


def seqs(peer: Peer) -> list[int]:
    return [entry["seq"] for entry in peer.got("entry")]


def test_a_message_is_acknowledged_and_seen_by_all_the_sender_included(
    theatre: Theatre, room: RoomId
) -> None:
    ada, bob, anonymous = (
        theatre.enter("ada", room),
        theatre.enter("bob", room, on=1),
        theatre.connect(home=room),
    )
    assert anonymous.sees(lambda it: it.got("subscribed"))
    ack = send(bob, room, "hello")
    assert (ack["type"], ack["seq"]) == ("ack", 1)
    for peer in (ada, bob, anonymous):
        assert peer.sees(lambda it: it.got("entry"))
        (entry,) = peer.got("entry")
        assert entry["data"] == {"text": "hello"}
        assert entry["at"] == ack["at"]
        assert entry["actor"]["username"] == "bob"


def test_a_retry_with_the_same_nonce_gets_the_first_answer(theatre: Theatre, room: RoomId) -> None:
    bob = theatre.enter("bob", room)
    first = send(bob, room, "once", "n")
    assert send(theatre.enter("bob", room, on=1), room, "once", "n") == first
    assert bob.sees(lambda it: it.got("entry"))
    assert seqs(bob) == [1]


def test_who_resumes_sees_each_entry_once(memory_settings: Settings) -> None:
    theatre = Theatre(Container(settings=replace(memory_settings, limits_scale=1000)))
    host = theatre.person("ada")
    _, room = theatre.town.channel("garden", host)
    drafts = [Draft(room, host, f"number {number}") for number in range(600)]
    theatre.container.post_messages()(drafts=drafts)
    ada, late = theatre.enter("ada", room), theatre.connect(on=1)
    late.say(type="subscribe", room=str(room), after=10)
    assert send(ada, room, "and another")["seq"] == 601
    assert late.sees(lambda it: len(it.texts) == 2 + 591)
    assert seqs(late) == list(range(11, 602))
    theatre.close()


def test_a_position_from_the_future_is_brought_down_to_earth(
    theatre: Theatre, room: RoomId
) -> None:
    ada, late = theatre.enter("ada", room), theatre.connect()
    late.say(type="subscribe", room=str(room), after=99)
    assert late.sees(lambda it: it.got("subscribed"))
    assert late.got("subscribed")[0]["seq"] == 0
    send(ada, room, "hello")
    assert late.sees(lambda it: seqs(it) == [1])


def test_anonymous_people_listen_and_do_not_write(theatre: Theatre, room: RoomId) -> None:
    peer = theatre.connect(home=room)
    assert peer.sees(lambda it: it.got("subscribed"))
    assert peer.got("subscribed")[0]["you"] == {"role": "anonymous", "muted": False}
    for text in ("hello", "/help"):
        answer = send(peer, room, text)
        assert (answer["type"], answer["code"]) == ("error", "unauthenticated")
    peer.say(type="typing", room=str(room))
    assert peer.sees(lambda it: len(it.got("error")) == 3)


def test_signing_in_tells_who_you_are_in_the_rooms_that_you_follow(
    theatre: Theatre, room: RoomId
) -> None:
    peer = theatre.connect(home=room)
    peer.say(type="authenticate", token="ada")
    assert peer.sees(lambda it: it.got("authenticated"))
    assert peer.got("authenticated")[0]["rooms"] == [
        {"room": str(room), "you": {"role": "HOST", "muted": False, "username": "ada"}}
    ]


def test_signing_in_asks_about_all_rooms_at_once(
    theatre: Theatre, room: RoomId, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = theatre.people["ada"].profile_id, theatre.people["bob"].profile_id
    own, plain = theatre.town.channel("bobs-own", bob)[1], theatre.town.channel("plain", ada)[1]
    assert send(theatre.enter("ada", room), room, "/ban @bob")["type"] == "result"
    peer, asked = theatre.connect(), []
    for each in (room, own, plain):
        peer.say(type="subscribe", room=str(each))
    assert peer.sees(lambda it: len(it.got("subscribed")) == 3)
    see = MemoryParticipants.of

    def count(self: MemoryParticipants, writers: Collection[Writer]) -> Mapping[Writer, object]:
        asked.append(len(writers))
        return see(self, writers)

    monkeypatch.setattr(MemoryParticipants, "of", count)
    peer.say(type="authenticate", token="bob")
    assert peer.sees(lambda it: it.got("unsubscribed"))
    assert asked == [3]
    roles = {it["room"]: it["you"]["role"] for it in peer.got("authenticated")[0]["rooms"]}
    assert roles == {str(own): "HOST", str(plain): "member"}
    assert [it["room"] for it in peer.got("unsubscribed")] == [str(room)]


def test_who_subscribes_is_told_who_they_are_and_how_the_room_is_set(
    theatre: Theatre, room: RoomId
) -> None:
    ada, early = theatre.enter("ada", room), theatre.enter("bob", room).got("subscribed")[0]
    assert early["you"] == {"role": "member", "muted": False, "username": "bob"}
    assert (early["slowSeconds"], early["followersSeconds"]) == (None, None)
    for line in ("/slow 30s", "/followers 10m", "/timeout @bob 1h"):
        assert send(ada, room, line)["type"] == "result"
    late = theatre.enter("bob", room).got("subscribed")[0]
    assert late["you"].pop("mutedUntil").endswith("Z")
    assert late["you"] == {"role": "member", "muted": True, "username": "bob"}
    assert (late["slowSeconds"], late["followersSeconds"]) == (30, 600)


def test_who_comes_with_a_ticket_is_signed_in_from_the_start(
    theatre: Theatre, room: RoomId
) -> None:
    ada = theatre.connect(home=room, ticket_of="ada")
    assert ada.sees(lambda it: it.got("subscribed"))
    assert [f["type"] for f in ada.said][:3] == ["hello", "authenticated", "subscribed"]
    assert ada.got("authenticated")[0]["username"] == "ada"
    assert ada.got("subscribed")[0]["you"]["role"] == "HOST"
    assert send(ada, room, "hello")["type"] == "ack"
    bob = theatre.connect(ticket_of="bob", on=1)
    assert bob.sees(lambda it: it.got("authenticated"))
    theatre.end_session("bob")
    assert bob.sees(lambda it: it.is_closed_with(4001))


def test_a_bad_token_changes_nothing(theatre: Theatre, room: RoomId) -> None:
    peer = theatre.enter("bob", room)
    peer.say(type="authenticate", token="forged")
    assert peer.sees(lambda it: it.got("error"))
    assert peer.got("error")[0]["code"] == "token_invalid"
    assert send(peer, room, "still bob")["type"] == "ack"


@pytest.mark.parametrize("on", [0, 1])
def test_a_ban_bites_on_open_connections_of_every_process(
    theatre: Theatre, room: RoomId, on: int
) -> None:
    ada, bob = theatre.enter("ada", room), theatre.enter("bob", room, on=on)
    at_home, anonymous = theatre.connect(on=on, home=room), theatre.connect(on=on, home=room)
    at_home.say(type="authenticate", token="bob")
    assert at_home.sees(lambda it: it.got("authenticated"))
    assert send(ada, room, "/ban @bob rude")["type"] == "result"
    assert at_home.is_closed_with(4003)
    assert bob.sees(lambda it: it.got("unsubscribed"))
    assert [(it["code"], it["room"]) for it in bob.got("error")] == [("banned", str(room))]
    assert send(ada, room, "good riddance")["type"] == "ack"
    assert anonymous.sees(lambda it: seqs(it) == [1, 2])
    assert bob.close_code is None
    assert 2 not in seqs(bob)
    assert send(bob, room, "let me in")["code"] == "banned"


def test_the_banned_stay_outside(theatre: Theatre, room: RoomId) -> None:
    ada = theatre.enter("ada", room)
    send(ada, room, "/ban @bob")
    bob = theatre.connect()
    bob.say(type="authenticate", token="bob")
    bob.say(type="subscribe", room=str(room))
    assert bob.sees(lambda it: it.got("error"))
    assert bob.got("error")[0]["code"] == "banned"
    sneaky = theatre.connect(home=room)
    sneaky.say(type="authenticate", token="bob")
    assert sneaky.is_closed_with(4003)
    send(ada, room, "/unban @bob")
    bob.say(type="subscribe", room=str(room))
    assert bob.sees(lambda it: it.got("subscribed"))


@pytest.mark.parametrize("on", [0, 1])
def test_a_suspension_empties_the_room_but_for_staff(
    theatre: Theatre, room: RoomId, on: int
) -> None:
    root, bob = theatre.enter("root", room), theatre.enter("bob", room, on=on)
    at_home = theatre.connect(on=on, home=room)
    assert at_home.sees(lambda it: it.got("subscribed"))
    assert send(root, room, "/suspend spam")["type"] == "result"
    assert at_home.is_closed_with(4010)
    assert bob.sees(lambda it: it.got("unsubscribed"))
    assert bob.got("error")[0]["code"] == "channel_suspended"
    assert send(bob, room, "hello?")["code"] == "channel_suspended"
    newcomer = theatre.connect(on=on, home=room)
    assert newcomer.is_closed_with(4010)
    assert send(root, room, "/unsuspend")["type"] == "result"
    assert seqs(root) == [1, 2]


@pytest.mark.parametrize("on", [0, 1])
def test_the_end_of_a_session_closes_its_connections(
    theatre: Theatre, room: RoomId, on: int
) -> None:
    bob, ada = theatre.enter("bob", room, on=on), theatre.enter("ada", room, on=on)
    theatre.end_session("bob")
    assert bob.is_closed_with(4001)
    assert send(ada, room, "still here")["type"] == "ack"


def test_the_end_of_a_session_is_found_though_nobody_told(theatre: Theatre, room: RoomId) -> None:
    bob = theatre.enter("bob", room)
    theatre.end_session("bob", is_told=False)
    theatre.hubs[0]._sweeps.sessions()
    assert bob.is_closed_with(4001)


def test_a_deleted_channel_loses_its_followers(theatre: Theatre) -> None:
    ada = theatre.people["ada"].profile_id
    channel_id, room = theatre.town.channel("short-lived", ada)
    bob, at_home = theatre.enter("bob", room, on=1), theatre.connect(home=room)
    assert at_home.sees(lambda it: it.got("subscribed"))
    theatre.container.delete_channel()(actor=ada, channel_id=channel_id)
    assert at_home.is_closed_with(1000)
    assert bob.sees(lambda it: it.got("unsubscribed"))
    assert bob.got("error")[0]["code"] == "channel_deleted"


def test_entries_that_the_bus_lost_are_found_by_the_sweep(theatre: Theatre, room: RoomId) -> None:
    ada, bob = theatre.enter("ada", room), theatre.enter("bob", room, on=1)
    theatre.container.exchange().ends.clear()
    send(ada, room, "nobody else hears this")
    send(ada, room, "/mute @bob")
    assert not bob.sees(seqs, 0.05)
    for hub in theatre.hubs:
        hub._sweeps.positions()
    assert bob.sees(lambda it: seqs(it) == [1, 2])


def test_typing_is_told_to_every_process_not_too_often_and_not_of_the_muted(
    theatre: Theatre, room: RoomId
) -> None:
    ada, bob = theatre.enter("ada", room), theatre.enter("bob", room, on=1)
    for _ in range(5):
        bob.say(type="typing", room=str(room))
    assert ada.sees(lambda it: it.got("typing"))
    send(ada, room, "/mute @bob")
    assert bob.sees(lambda it: it.got("entry"))
    bob.say(type="ping")
    assert bob.sees(lambda it: it.got("pong"))
    assert [it["username"] for it in ada.got("typing")] == ["bob"]
    assert len(bob.got("typing")) == 1


def test_answers_keep_their_order_and_a_command_waits_for_the_messages_before_it(
    theatre: Theatre, room: RoomId
) -> None:
    ada = theatre.enter("ada", room)
    theatre.writer.is_stuck = True
    for nonce, text in enumerate(["one", "two", "/slow 10s", "three"]):
        ada.say(type="send", room=str(room), text=text, nonce=str(nonce))
    assert eventually(lambda: len(theatre.writer.waiting) == 2)
    gevent.sleep(0.02)
    assert len(theatre.writer.waiting) == 2
    theatre.writer.is_stuck = False
    theatre.writer.go_on()
    assert ada.sees(lambda it: len([f for f in it.said if "nonce" in f]) == 4)
    answers = [(f["nonce"], f["type"]) for f in ada.said if "nonce" in f]
    assert answers == [("0", "ack"), ("1", "ack"), ("2", "result"), ("3", "ack")]
    assert [entry["kind"] for entry in ada.got("entry")] == [
        "message",
        "message",
        "slow_mode_changed",
        "message",
    ]


def test_reading_waits_while_too_much_is_unanswered(theatre: Theatre, room: RoomId) -> None:
    bob = theatre.enter("bob", room)
    theatre.writer.is_stuck = True
    for number in range(200):
        bob.say(type="send", room=str(room), text=f"number {number}")
    assert eventually(lambda: len(theatre.writer.waiting) == 64)
    gevent.sleep(0.02)
    assert len(theatre.writer.waiting) == 64
    theatre.writer.is_stuck = False
    theatre.writer.go_on()
    assert bob.sees(lambda it: len(it.got("ack")) + len(it.got("error")) == 200)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 501, "text_too_long"),
        ("x" * 9000, "text_too_long"),
        ("", "text_too_short"),
        (" \n ", "text_too_short"),
        ("a\u202eb", "text_bad_characters"),
        ("/nonsense", "unknown_command"),
        ('/set title "open', "bad_command"),
        ("/set title " + "x" * 5000, "command_too_long"),
        ("/mute @ada", "not_yourself"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_to_its_sender_alone(
    theatre: Theatre, room: RoomId, text: str, code: str
) -> None:
    ada, bob = theatre.enter("ada", room), theatre.enter("bob", room)
    answer = send(ada, room, text)
    assert (answer["type"], answer["code"], answer["room"]) == ("error", code, str(room))
    assert send(ada, room, "fine")["seq"] == 1
    assert bob.sees(lambda it: seqs(it) == [1])


def test_too_fast_says_when_to_come_back(theatre: Theatre, room: RoomId) -> None:
    bob = theatre.enter("bob", room)
    answers = [send(bob, room, f"number {number}") for number in range(21)]
    assert [it["type"] for it in answers] == ["ack"] * 20 + ["error"]
    assert answers[-1]["code"] == "slow_down"
    assert 0 < answers[-1]["retryAfter"] <= 30


def test_unknown_rooms(theatre: Theatre) -> None:
    peer, nowhere = theatre.connect(), RoomId(uuid4())
    peer.say(type="subscribe", room=str(nowhere))
    assert peer.sees(lambda it: it.got("error"))
    assert (peer.got("error")[0]["code"], peer.got("error")[0]["room"]) == (
        "unknown_room",
        str(nowhere),
    )
    peer.say(type="authenticate", token="bob")
    assert send(peer, nowhere, "hello")["code"] == "unknown_room"
    peer.say(type="typing", room=str(nowhere))
    assert peer.sees(lambda it: it.got("error")[-1]["code"] == "not_subscribed")


def test_a_subscriber_to_very_many_rooms_is_stopped(memory_container: Container) -> None:
    theatre = Theatre(memory_container, SocketLimits(rooms=3, frames_per_second=10_000))
    host = theatre.person("ada")
    rooms = [theatre.town.channel(f"channel-{number}", host)[1] for number in range(4)]
    peer = theatre.connect()
    for room in [*rooms, rooms[0]]:
        peer.say(type="subscribe", room=str(room))
    assert peer.sees(lambda it: len(it.got("subscribed")) == 4)
    assert [it["code"] for it in peer.got("error")] == ["too_many_rooms"]
    peer.say(type="unsubscribe", room=str(rooms[1]))
    peer.say(type="subscribe", room=str(rooms[3]))
    assert peer.sees(lambda it: len(it.got("subscribed")) == 5)
    theatre.close()


def test_frames_that_make_no_sense_are_answered_and_the_fifth_closes(
    theatre: Theatre, room: RoomId
) -> None:
    peer, other = theatre.enter("bob", room), theatre.enter("ada", room)
    peer.frame(Opcode.TEXT, b"{not json")
    peer.frame(Opcode.BINARY, b"\x00\x01")
    peer.say(type="send", room=str(room), text=17)
    peer.say(type="send", room=str(room), text="hi", role="SUPERADMIN")
    assert peer.sees(lambda it: len(it.got("error")) == 4)
    assert {it["code"] for it in peer.got("error")} == {"bad_frame"}
    assert send(peer, room, "still here")["seq"] == 1
    peer.frame(Opcode.TEXT, b"[[[[")
    assert peer.is_closed_with(4014)
    assert other.sees(lambda it: seqs(it) == [1])


def test_frames_that_make_no_sense_are_forgiven_after_a_while(memory_container: Container) -> None:
    theatre = Theatre(memory_container, SocketLimits(bad_frames=2, forgive_seconds=0.02))
    peer = theatre.connect()
    for count in (1, 2):
        peer.frame(Opcode.TEXT, b"{not json")
        assert peer.sees(lambda it, count=count: len(it.got("error")) == count)
        gevent.sleep(0.03)
    peer.say(type="ping")
    assert peer.sees(lambda it: it.got("pong"))
    theatre.close()


@pytest.mark.parametrize("text", ["hello", "/help", "/mute @bob"])
@pytest.mark.parametrize(("nonce", "echo"), [("", ""), ("a\nb", "a\nb"), ("n" * 65, None)])
def test_a_nonce_that_is_none_is_refused_and_never_closes(
    theatre: Theatre, room: RoomId, text: str, nonce: str, echo: str | None
) -> None:
    ada = theatre.enter("ada", room)
    for _ in range(6):
        ada.say(type="send", room=str(room), text=text, nonce=nonce)
    assert ada.sees(lambda it: len(it.got("error")) == 6)
    for error in ada.got("error"):
        assert (error["code"], error["room"]) == ("bad_nonce", str(room))
        assert error.get("nonce") == echo
    assert send(ada, room, "still here")["seq"] == 1


def test_viewers_are_counted_over_all_processes(theatre: Theatre, room: RoomId) -> None:
    here, there = theatre.connect(home=room), theatre.connect(on=0, home=room)
    assert here.sees(lambda it: it.got("subscribed"))
    assert there.sees(lambda it: it.got("subscribed"))
    theatre.hubs[0]._sweeps.viewers()
    theatre.hubs[0]._sweeps.viewers()
    assert here.sees(lambda it: it.got("viewers"))
    assert [it["count"] for it in here.got("viewers")] == [2]


def test_draining_sends_everybody_elsewhere(theatre: Theatre, room: RoomId) -> None:
    peers = [theatre.connect(home=room) for _ in range(20)]
    draining = gevent.spawn(theatre.hubs[0].drain, 0.3)
    assert all(peer.is_closed_with(1012) for peer in peers)
    for peer in peers:
        peer.sock.close()
    draining.get(timeout=5)
    assert theatre.hubs[0].size == 0
    assert theatre.hubs[0].is_draining


def test_nothing_is_left_of_connections_that_are_gone(theatre: Theatre, room: RoomId) -> None:
    peers = [theatre.enter("bob", room) for _ in range(10)]
    hub = theatre.hubs[0]
    assert hub.size == 10
    for peer in peers:
        peer.sock.close()
    assert eventually(lambda: hub.size == 0)
    assert hub._registry.session_ids() == []
    assert all(feed.is_empty for feed in hub._feeds.all())
