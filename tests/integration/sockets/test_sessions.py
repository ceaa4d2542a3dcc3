"""What ends a session or a channel on one server is felt on the other within a second."""

from collections.abc import Callable, Mapping

import pytest

from tests.integration.servers import RunningServer
from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import (
    Person,
    call,
    log_in,
    open_channel,
    sign_up,
)
from tests.integration.sockets.stage import HERE, Stage

End = Callable[[RunningServer, Person], None]


def log_out(server: RunningServer, person: Person) -> None:
    call(server, "POST", "/auth/logout", person=person)


def hand_back(server: RunningServer, person: Person) -> None:
    call(server, "POST", "/auth/logout", json={"refreshToken": person.refresh_token})


def leave_stonks(server: RunningServer, person: Person) -> None:
    call(server, "DELETE", "/profiles/me", person=person)


def use_a_refresh_token_twice(server: RunningServer, person: Person) -> None:
    body = {"refreshToken": person.refresh_token}
    call(server, "POST", "/auth/refresh", json=body)
    answer = call(server, "POST", "/auth/refresh", json=body, expected=(401,))
    assert answer.json()["code"] == "refresh_token_reused"


ENDS: Mapping[str, End] = {
    "logsout": log_out,
    "handsback": hand_back,
    "leaves": leave_stonks,
    "reuses": use_a_refresh_token_twice,
}


@pytest.mark.parametrize("path", ["/ws", HERE])
@pytest.mark.parametrize("name", ENDS)
def test_the_end_of_a_session_closes_its_sockets(stage: Stage, name: str, path: str) -> None:
    person = sign_up(stage.here, f"{name}.{'everywhere' if path == '/ws' else 'here'}")
    with Client(stage.there, path, person) as client:
        ENDS[name](stage.here, person)
        assert client.closed(AT_ONCE) == 4001
    with Client(stage.there) as client:
        client.send(type="authenticate", token=person.token)
        assert client.until(type="error")["code"] in ("session_ended", "unauthenticated")


def test_another_session_of_the_same_person_stays(stage: Stage) -> None:
    first = sign_up(stage.here, "twice")
    second = log_in(stage.here, "twice")
    with Client(stage.there, person=second) as client:
        log_out(stage.here, first)
        client.send(type="ping")
        assert client.until(type="pong")
        assert client.ask(stage.room, "still here")["type"] == "ack"


def test_a_connection_that_signs_in_anew_is_the_new_person(stage: Stage) -> None:
    former = sign_up(stage.here, "former")
    with Client(stage.there, person=former) as client:
        client.sign_in(stage.people["member"])
        log_out(stage.here, former)
        assert client.ask(stage.room, "as megan")["type"] == "ack"


def test_a_ban_takes_only_the_room_from_a_socket_for_everything(stage: Stage) -> None:
    person, elsewhere = (
        sign_up(stage.here, "roamer"),
        open_channel(stage.here, "quiet-place", stage.people["HOST"]),
    )
    with Client(stage.there, person=person) as client:
        client.subscribe(stage.room)
        client.subscribe(elsewhere)
        stage.must("ADMIN", "/ban @roamer")
        assert client.until(AT_ONCE, type="error", code="banned")["room"] == stage.room
        assert client.until(type="unsubscribed")["room"] == stage.room
        assert client.subscribe(stage.room)["code"] == "banned"
        assert client.ask(stage.room, "let me in")["code"] == "banned"
        assert client.ask(elsewhere, "over here then")["type"] == "ack"
        stage.must("ADMIN", "/unban @roamer")
        assert client.subscribe(stage.room)["type"] == "subscribed"


def test_a_suspension_takes_the_room_from_all_but_staff(stage: Stage) -> None:
    with (
        Client(stage.there, person=stage.people["member"]) as member,
        Client(stage.there, person=stage.people["SUPERADMIN"]) as staff,
    ):
        member.subscribe(stage.room)
        staff.subscribe(stage.room)
        stage.must("SUPERADMIN", "/suspend")
        try:
            assert member.until(AT_ONCE, type="error", code="channel_suspended")
            assert member.until(type="unsubscribed")["room"] == stage.room
            assert member.subscribe(stage.room)["code"] == "channel_suspended"
        finally:
            stage.must("SUPERADMIN", "/unsuspend")
        assert staff.until(type="entry", kind="channel_unsuspended")


@pytest.mark.parametrize("role", ["member", "ADMIN", "HOST", "SUPERADMIN"])
def test_a_suspended_channel_takes_nothing_but_its_opening(stage: Stage, role: str) -> None:
    stage.must("SUPERADMIN", "/suspend")
    try:
        for line in ("anybody?", '/set title "x"', "/mute @bob", "/slow 3s"):
            answer = stage.do(role, line)
            assert answer["type"] == "error", line
            assert answer["code"] in ("channel_suspended", "not_allowed"), line
    finally:
        stage.must("SUPERADMIN", "/unsuspend")


def test_a_deleted_channel_is_over_for_everybody(stage: Stage) -> None:
    host = sign_up(stage.here, "shortlived")
    room = open_channel(stage.here, "short-lived", host)
    with Client(stage.there, "/ws/channels/short-lived") as here, Client(stage.there) as anywhere:
        anywhere.subscribe(room)
        call(stage.here, "DELETE", "/channels/short-lived", person=host)
        assert here.closed(AT_ONCE) == 1000
        assert anywhere.until(AT_ONCE, type="error", code="channel_deleted")["room"] == room
        assert anywhere.until(type="unsubscribed")["room"] == room


def test_the_channel_of_a_host_who_leaves_is_over_for_everybody(stage: Stage) -> None:
    host, guest = sign_up(stage.here, "departing"), sign_up(stage.here, "guest")
    room = open_channel(stage.here, "last-night", host)
    with (
        Client(stage.there, "/ws/channels/last-night") as here,
        Client(stage.there, person=guest) as anywhere,
    ):
        anywhere.subscribe(room)
        leave_stonks(stage.here, host)
        assert here.closed(AT_ONCE) == 1000
        assert anywhere.until(AT_ONCE, type="error", code="channel_deleted")["room"] == room
        assert anywhere.until(type="unsubscribed")["room"] == room
        assert anywhere.ask(room, "anybody?")["code"] == "unknown_room"
        assert anywhere.subscribe(room)["code"] == "unknown_room"
    call(stage.there, "GET", "/channels/last-night", expected=(404,))


def test_nobody_sanctions_an_equal_or_a_higher_rank_or_themselves(stage: Stage) -> None:
    for line in ("/mute @{}", "/ban @{}", "/timeout @{} 5m", "/clear @{}"):
        for who, whom in [
            ("ADMIN", "muted ADMIN"),
            ("ADMIN", "HOST"),
            ("ADMIN", "SUPERADMIN"),
            ("HOST", "SUPERADMIN"),
        ]:
            answer = stage.do(who, line.format(stage.people[whom].username))
            assert answer.get("code") == "outranked", (who, whom, line, answer)
        for who in ("ADMIN", "HOST", "SUPERADMIN"):
            answer = stage.do(who, line.format(stage.people[who].username))
            assert answer.get("code") == "not_yourself", (who, line, answer)


@pytest.mark.parametrize(
    "line",
    [
        "/mute",
        "/mute @nobody.at.all",
        "/ban",
        "/slow 1s",
        "/set title",
        '/set title "x',
        "/nothing",
    ],
)
def test_a_malformed_command_changes_nothing_and_says_how(stage: Stage, line: str) -> None:
    here = stage.must("HOST", f"before {line}".replace("/", ""))
    answer = stage.do("HOST", line)
    assert answer["type"] == "error", answer
    assert answer["detail"]
    assert stage.must("HOST", f"after {line}".replace("/", "")) == here + 1
