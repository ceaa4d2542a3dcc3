"""The socket protocol, frame by frame, as a client in the wild meets it."""

from contextlib import suppress
from time import sleep
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from tests.integration.sockets.client import Client, Frame
from tests.integration.sockets.people import call, open_channel, sign_up, whole_log
from tests.integration.sockets.stage import HERE, SLUG, Stage


def nested(depth: int) -> str:
    return '{"type":"ping","x":' + "[" * depth + "]" * depth + "}"


BAD_FRAMES = [
    "",
    "hello",
    "null",
    "[]",
    "{}",
    '"ping"',
    '{"type": "ping"',
    '{"type": "pong"}',
    '{"type": "entry", "seq": 1}',
    '{"type": 1}',
    '{"type": "ping", "more": 1}',
    '{"type": "send", "room": "here", "text": "x"}',
    '{"type": "send", "room": "ROOM"}',
    '{"type": "send", "room": "ROOM", "text": 1}',
    '{"type": "send", "room": "ROOM", "text": null}',
    '{"type": "send", "room": "ROOM", "text": ["x"]}',
    '{"type": "send", "room": "ROOM", "text": "x", "nonce": 1}',
    '{"type": "send", "room": "ROOM", "text": "x", "role": "HOST"}',
    '{"type": "send", "room": "ROOM", "text": "x", "actor": "susan"}',
    '{"type": "subscribe", "room": "ROOM", "after": -1}',
    '{"type": "subscribe", "room": "ROOM", "after": "1"}',
    '{"type": "subscribe", "room": "ROOM", "after": 1.5}',
    '{"type": "subscribe", "room": "ROOM", "after": 1e400}',
    '{"type": "subscribe", "room": "ROOM", "after": 99999999999999999999}',
    '{"type": "subscribe", "room": ["ROOM"]}',
    '{"type": "authenticate", "token": {"a": 1}}',
    '{"type": "authenticate", "token": ""}',
    '{"type": "typing"}',
    '{"type": "send", "room": "ROOM", "text": "\\ud800"}',
    '{"type": "send", "room": "ROOM", "text": "x", "text": "y", "type": "typing"}',
    nested(3000),
    b'{"type": "ping"}',
    b"\x00\xff",
]


@pytest.mark.parametrize("raw", BAD_FRAMES, ids=lambda raw: repr(raw[:40]))
def test_a_bad_frame_is_answered_and_changes_nothing(stage: Stage, raw: str | bytes) -> None:
    before = stage.must("HOST", f"before {uuid4()}")
    with Client(stage.there, HERE, stage.people["member"]) as client:
        client.socket.send(raw.replace("ROOM", stage.room) if isinstance(raw, str) else raw)
        assert client.until(type="error")["code"] == "bad_frame"
        client.send(type="ping")
        assert client.until(type="pong"), "one bad frame is forgiven"
    assert stage.must("HOST", f"after {uuid4()}") == before + 1


def test_too_many_bad_frames_end_the_connection(stage: Stage) -> None:
    with Client(stage.here) as client:
        with suppress(ConnectionClosed):  # which may be before we have said it all
            for _ in range(10):
                client.socket.send("?")
        assert client.closed() == 4014


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_too_short"),
        ("   \n ", "text_too_short"),
        ("x" * 501, "text_too_long"),
        ("x" * 16_000, "text_too_long"),
        ("/help " + "x" * 5000, "command_too_long"),
        ("a\x00b", "text_bad_characters"),
        ("a\x1bb", "text_bad_characters"),
        ("a\tb", "text_bad_characters"),
    ],
)
def test_what_is_no_message_is_refused_with_its_nonce(stage: Stage, text: str, code: str) -> None:
    with Client(stage.here, person=stage.people["member"]) as client:
        before = stage.must("HOST", f"before {uuid4()}")
        client.send(type="send", room=stage.room, text=text, nonce="mine")
        assert client.until(type="error", nonce="mine")["code"] == code
        assert stage.must("HOST", f"after {uuid4()}") == before + 1


@pytest.mark.parametrize("nonce", ["", "n" * 65, "n" * 9000, "a\nb"])
def test_a_bad_nonce_is_refused_as_often_as_it_comes(stage: Stage, nonce: str) -> None:
    with Client(stage.here, person=stage.people["member"]) as client:
        for text in ["hello", "/help"] * 4:
            client.send(type="send", room=stage.room, text=text, nonce=nonce)
            answer = client.until(type="error")
            assert (answer["code"], answer["room"]) == ("bad_nonce", stage.room)
            assert answer.get("nonce") == (nonce if len(nonce) <= 64 else None)


def test_text_is_stored_as_it_was_meant(stage: Stage) -> None:
    with Client(stage.here, HERE, stage.people["member"]) as client:
        for text, stored in [
            ("  e\u0301t\u00e9 \U0001f600\nnew line  ", "\u00e9t\u00e9 \U0001f600\nnew line"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("//help me", "/help me"),
            ("\U0001f9c0" * 500, "\U0001f9c0" * 500),
        ]:
            seq = client.ask(stage.room, text)["seq"]
            assert client.entry(seq)["data"] == {"text": stored}


def test_each_answer_repeats_the_nonce_and_goes_to_its_sender_alone(stage: Stage) -> None:
    with (
        Client(stage.here, HERE, stage.people["member"]) as sender,
        Client(stage.here, HERE, stage.people["member"]) as twin,
        Client(stage.there, HERE) as reader,
    ):
        assert sender.ask(stage.room, "an answer", "n-ack")["type"] == "ack"
        assert sender.ask(stage.room, "/help", "n-result")["type"] == "result"
        assert sender.ask(stage.room, "/mute @bob", "n-refused")["type"] == "error"
        assert sender.ask(stage.room, "/what", "n-malformed")["type"] == "error"
        last = sender.ask(stage.room, "the last", "n-last")["seq"]
        for other in (twin, reader):
            assert [frame["kind"] for frame in other.entries(last)] == ["message"] * 2
            assert not [f for f in other.unasked if f["type"] not in ("viewers", "authenticated")]


def test_a_nonce_names_one_message_on_every_server(stage: Stage) -> None:
    person = stage.people["member"]
    with Client(stage.here, person=person) as here, Client(stage.there, person=person) as there:
        first = here.ask(stage.room, "only once", "the-nonce")
        again = there.ask(stage.room, "only once", "the-nonce")
        other = there.ask(stage.room, "other words", "the-nonce")
        by_http = call(
            stage.there,
            "POST",
            f"/channels/{SLUG}/messages",
            person=person,
            json={"text": "only once", "nonce": "the-nonce"},
        ).json()
    assert first == again == other
    assert by_http["seq"] == first["seq"]
    texts = [entry["data"].get("text") for entry in whole_log(stage.here, SLUG)]
    assert texts.count("only once") == 1


def test_rooms_that_are_not_there_are_not_there(stage: Stage) -> None:
    with Client(stage.here, person=stage.people["member"]) as client:
        nowhere = str(uuid4())
        assert client.subscribe(nowhere)["code"] == "unknown_room"
        assert client.ask(nowhere, "hello")["code"] == "unknown_room"
        assert client.ask(nowhere, "/help")["code"] == "unknown_room"
        client.send(type="typing", room=nowhere)
        assert client.until(type="error")["room"] == nowhere
        client.send(type="unsubscribe", room=nowhere)
        client.send(type="ping")
        assert client.until(type="pong")


def test_anonymous_people_receive_and_do_not_write(stage: Stage) -> None:
    with Client(stage.there, HERE) as client:
        assert client.subscribed["you"] == {"role": "anonymous", "muted": False}
        assert client.ask(stage.room, "hello")["code"] == "unauthenticated"
        client.send(type="typing", room=stage.room)
        assert client.until(type="error")["code"] == "unauthenticated"
        seq = stage.must("HOST", f"hello {uuid4()}")
        assert client.entry(seq)["actor"]["role"] == "HOST"


def test_one_socket_follows_several_rooms(stage: Stage) -> None:
    host = sign_up(stage.here, "manyrooms")
    rooms = [open_channel(stage.here, f"room-{number}", host) for number in range(5)]
    with Client(stage.there) as reader, Client(stage.here, person=host) as writer:
        assert [reader.subscribe(room)["channel"] for room in rooms] == [
            f"room-{number}" for number in range(5)
        ]
        for room in [*rooms, *reversed(rooms)]:
            assert writer.ask(room, f"in {uuid4()}")["type"] == "ack"
        for room in rooms:
            assert [reader.until(type="entry", room=room)["seq"] for _ in range(2)] == [1, 2]
        reader.send(type="unsubscribe", room=rooms[0])
        assert reader.until(type="unsubscribed")["room"] == rooms[0]
        writer.ask(rooms[0], "not for you")
        writer.ask(rooms[1], "for you")
        assert reader.until(type="entry")["room"] == rooms[1]
        assert reader.subscribe(rooms[0], after=0)["seq"] == 3
        assert [frame["seq"] for frame in reader.entries(3)] == [1, 2, 3]


def test_subscribing_again_starts_again(stage: Stage) -> None:
    with Client(stage.there, HERE) as client:
        last = stage.must("HOST", f"one {uuid4()}")
        client.entry(last)
        client.subscribe(stage.room, after=last - 1)
        client.entry(last)
        following = stage.must("HOST", f"two {uuid4()}")
        assert [frame["seq"] for frame in client.entries(following)] == [following]


def test_a_long_log_is_resumed_from_anywhere_on_any_server(stage: Stage) -> None:
    host = sign_up(stage.here, "longwinded")
    room = open_channel(stage.here, "long-log", host)
    write_many(stage, host, room, 2000)
    path = "/ws/channels/long-log"
    for server in (stage.here, stage.there):
        for after in (0, 1, 499, 500, 1234, 1999, 2000):
            with Client(server, f"{path}?after={after}") as client:
                with Client(stage.here, person=host) as writer:
                    last = writer.ask(room, f"live {uuid4()}")["seq"]
                seqs = [frame["seq"] for frame in client.entries(last)]
                assert seqs == [*range(after + 1, last + 1)]


def test_after_beyond_the_log_is_its_end(stage: Stage) -> None:
    with Client(stage.there, f"{HERE}?after=999999999") as client:
        seq = stage.must("HOST", f"here {uuid4()}")
        assert client.entry(seq)


def write_many(stage: Stage, host: object, room: str, count: int) -> None:
    with Client(stage.here, person=host) as writer:  # type: ignore[arg-type]
        for number in range(count):
            writer.send(type="send", room=room, text=f"line {number}", nonce=f"line-{number}")
        acks = [writer.until(type="ack") for _ in range(count)]
    assert sorted(ack["seq"] for ack in acks) == [*range(1, count + 1)]
    assert [ack["nonce"] for ack in acks] == [f"line-{number}" for number in range(count)]


def test_typing_is_told_on_every_server_and_not_too_often(stage: Stage) -> None:
    typist = sign_up(stage.here, "typist")
    with Client(stage.here, HERE, typist) as client, Client(stage.there, HERE) as reader:
        for _ in range(5):
            client.send(type="typing", room=stage.room)
        assert reader.until(type="typing") == _typing(stage, "typist")
        seq = client.ask(stage.room, f"typed {uuid4()}")["seq"]
        reader.entry(seq)
        assert not [frame for frame in reader.unasked if frame["type"] == "typing"]


def test_the_muted_and_those_outside_do_not_type(stage: Stage) -> None:
    with Client(stage.here, HERE, stage.people["muted"]) as muted:
        with Client(stage.here, person=stage.people["member"]) as outside:
            outside.send(type="typing", room=stage.room)
            assert outside.until(type="error")["code"] == "not_subscribed"
        with Client(stage.there, HERE) as reader:
            muted.send(type="typing", room=stage.room)
            sleep(0.2)
            reader.entry(stage.must("HOST", f"marker {uuid4()}"))
            assert not [frame for frame in reader.unasked if frame["type"] == "typing"]


def test_viewers_are_counted_over_both_servers(stage: Stage) -> None:
    host = sign_up(stage.here, "watched")
    open_channel(stage.here, "watched", host)
    path = "/ws/channels/watched"
    with Client(stage.here, path) as one, Client(stage.there, path), Client(stage.there, path):
        assert one.until(15, type="viewers", count=3)


def test_history_and_sockets_show_the_same(stage: Stage) -> None:
    with Client(stage.there, f"{HERE}?after=0") as client:
        entries = whole_log(stage.here, SLUG)
        heard = client.entries(int(str(entries[-1]["seq"])))
    by_socket = [{name: f[name] for name in ("seq", "kind", "data", "actor")} for f in heard]
    by_http = [{name: e[name] for name in ("seq", "kind", "data", "actor")} for e in entries]
    assert by_socket == by_http


def _typing(stage: Stage, username: str) -> Frame:
    return {"type": "typing", "room": stage.room, "username": username}
