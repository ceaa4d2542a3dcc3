"""Who is put out on one server is out on the other within a second."""

from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import Person, call, log_in, open_channel, sign_up
from tests.integration.sockets.stage import HERE, Stage


def set_active(stage: Stage, person: Person, *, active: bool) -> None:
    staff = stage.people["SUPERADMIN"]
    path, body = f"/admin/profiles/{person.id}", {"active": active}
    answer = call(stage.here, "PATCH", path, json=body, person=staff)
    assert answer.json()["active"] is active


def test_a_deactivation_closes_sockets_on_every_server(stage: Stage) -> None:
    person = sign_up(stage.here, "put.out")
    with (
        Client(stage.here, HERE, person) as here,
        Client(stage.there, HERE, person) as there,
        Client(stage.there, person=person) as anywhere,
    ):
        set_active(stage, person, active=False)
        assert there.closed(AT_ONCE) == 4001
        assert here.closed(AT_ONCE) == anywhere.closed(AT_ONCE) == 4001
    for server in (stage.here, stage.there):
        call(server, "GET", "/profiles/me", person=person, expected=(401,))
    with Client(stage.there) as client:
        client.send(type="authenticate", token=person.token)
        assert client.until(type="error")["code"] == "session_ended"
    set_active(stage, person, active=True)
    call(stage.there, "GET", "/profiles/me", person=person, expected=(401,))
    with Client(stage.there, person=log_in(stage.there, "put.out")) as client:
        assert client.ask(stage.room, "I am back")["type"] == "ack"


def test_a_host_who_is_put_out_takes_the_rooms_along(stage: Stage) -> None:
    host = sign_up(stage.here, "put.out.host")
    room = open_channel(stage.here, "put-out", host)
    with Client(stage.there, person=stage.people["member"]) as member:
        assert member.subscribe(room)["type"] == "subscribed"
        set_active(stage, host, active=False)
        assert member.until(AT_ONCE, type="unsubscribed")["room"] == room
    with Client(stage.there, person=stage.people["member"]) as member:
        # the second where the process was still letting go of the room
        assert member.subscribe(room)["code"] in ("unknown_room", "channel_deleted")
    set_active(stage, host, active=True)
    with Client(stage.there, person=stage.people["member"]) as member:
        assert member.subscribe(room)["type"] == "subscribed"
