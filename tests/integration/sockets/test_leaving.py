"""Who leaves for good on one server is gone on the other at once."""

from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import call, open_channel, sign_up
from tests.integration.sockets.stage import HERE, Stage


def test_leaving_for_good_closes_sockets_on_every_server(stage: Stage) -> None:
    person = sign_up(stage.here, "leaving.person")
    with Client(stage.here, HERE, person) as here, Client(stage.there, HERE, person) as there:
        call(stage.here, "POST", "/profiles/me/deletion", person=person, expected=(202,))
        assert there.closed(AT_ONCE) == here.closed(AT_ONCE) == 4001
    call(stage.there, "GET", "/profiles/me", person=person, expected=(401,))


def test_the_rooms_of_who_leaves_empty_at_once(stage: Stage) -> None:
    host = sign_up(stage.here, "leaving.host")
    room = open_channel(stage.here, "leaving-for-good", host)
    with Client(stage.there, person=stage.people["member"]) as member:
        assert member.subscribe(room)["type"] == "subscribed"
        call(stage.here, "POST", "/profiles/me/deletion", person=host, expected=(202,))
        assert member.until(AT_ONCE, type="unsubscribed")["room"] == room
