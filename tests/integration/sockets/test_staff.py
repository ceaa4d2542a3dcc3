"""A rank that is granted or revoked at the command line is felt by open sockets everywhere."""

from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import grant_staff, open_channel, revoke_staff, sign_up
from tests.integration.sockets.stage import Stage


def test_a_rank_comes_and_goes_while_its_owner_is_connected(stage: Stage) -> None:
    person = sign_up(stage.here, "promoted")
    room = open_channel(stage.here, "promotions", stage.people["HOST"])
    home = "/ws/channels/promotions"
    with (
        Client(stage.here, home, person) as here,
        Client(stage.there, home, person) as there,
        Client(stage.there, person=person) as anywhere,
    ):
        anywhere.subscribe(room)
        assert here.ask(room, "/suspend")["type"] == "error"
        grant_staff(stage.here, person.username)
        assert here.ask(room, "/suspend")["type"] == "result"
        for client in (here, there, anywhere):
            assert client.until(AT_ONCE, type="entry", kind="channel_suspended")
            client.send(type="ping")
            assert client.until(type="pong")
        revoke_staff(stage.here, person.username)
        assert anywhere.until(AT_ONCE, type="error", code="channel_suspended")["room"] == room
        assert anywhere.until(type="unsubscribed")["room"] == room
        assert here.closed(AT_ONCE) == there.closed(AT_ONCE) == 4010
