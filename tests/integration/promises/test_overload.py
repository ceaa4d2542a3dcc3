"""Promise (h): too much is refused early, and what was accepted is kept."""

import json
from contextlib import ExitStack
from select import select

import pytest
import requests

from tests.integration.promises.database import locked, wait_until_somebody_waits
from tests.integration.promises.ledger import stored
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import call, open_channel, sign_up
from tests.integration.sockets.raw import PATIENCE, RawClient, text

WAITING = 10_000  # messages that a process lets wait
AT_ONCE = 1_000  # that it stores in one transaction
EACH = 64  # that it takes from one connection before it answers
CLIENTS = 180


@pytest.mark.parametrize("door", ["socket", "HTTP"])
def test_beyond_what_may_wait_it_refuses_and_keeps_what_it_took(
    serve: Servers, postgres_url: str, door: str
) -> None:
    server = serve()
    person = sign_up(server, f"flood.{door}")
    room = open_channel(server, f"flood-{door.lower()}", person)
    with ExitStack() as stack:
        clients = [stack.enter_context(RawClient(server)) for _ in range(CLIENTS)]
        for client in clients:
            client.say(type="authenticate", token=person.token)
        for client in clients:
            client.until(type="authenticated")
        with locked(postgres_url, room):
            clients[0].send(*sends(room, 0))
            wait_until_somebody_waits(postgres_url, on="Lock")
            for number, client in enumerate(clients[1:], 1):
                client.send(*sends(room, number))
            refused_first = select([client.socket for client in clients], [], [], PATIENCE)[0]
            assert refused_first, "nobody is refused"
            if door == "HTTP":
                refuses_over_http(server, f"flood-{door.lower()}", person.headers)
        answers = [client.until(room=room) for client in clients for _ in range(EACH)]
    acknowledged = {each["nonce"]: each["seq"] for each in answers if each["type"] == "ack"}
    refused = [each for each in answers if each["type"] == "error"]
    assert {(each["code"], each["retryAfter"] > 0) for each in refused} == {("overloaded", True)}
    log = stored(postgres_url, room)
    print(f"\ninjected: {CLIENTS * EACH} messages at once, to a room that takes none for a while")
    print(f"acknowledged: {len(acknowledged)}, refused: {len(refused)}, entries: {log.last}")
    assert len(acknowledged) + len(refused) == CLIENTS * EACH
    assert len(refused) >= CLIENTS * EACH - WAITING - AT_ONCE
    assert {nonce: seq for seq, nonce in log.rows} == acknowledged
    assert not log.has_gaps()
    with Client(server, person=person) as client:
        assert client.ask(room, "it goes on")["type"] == "ack"


def sends(room: str, number: int) -> list[bytes]:
    frame = {"type": "send", "room": room}
    nonces = [f"{number}-{place}" for place in range(EACH)]
    return [text(json.dumps({**frame, "text": f"this is {n}", "nonce": n})) for n in nonces]


def refuses_over_http(server: RunningServer, slug: str, headers: dict[str, str]) -> None:
    url = f"{server.url}/api/v1/channels/{slug}/messages"
    answer = requests.post(url, json={"text": "me too"}, headers=headers, timeout=10)
    assert answer.status_code == 503
    assert answer.json()["code"] == "overloaded"
    assert int(answer.headers["Retry-After"]) >= 1


def test_who_writes_too_fast_is_slowed_down_and_nobody_else_notices(
    serve: Servers, two_servers: tuple[RunningServer, RunningServer]
) -> None:
    strict = serve(limits_scale=1)
    host, hasty = sign_up(two_servers[0], "calmhost"), sign_up(two_servers[0], "hasty.writer")
    room = open_channel(two_servers[0], "calm", host)
    with (
        Client(strict, person=hasty) as client,
        Client(two_servers[1], "/ws/channels/calm") as reader,
    ):
        answers = [client.ask(room, f"quick {number}") for number in range(25)]
        assert [answer["type"] for answer in answers] == ["ack"] * 20 + ["error"] * 5
        for answer in answers[20:]:
            assert answer["code"] == "slow_down"
            assert 0 < answer["retryAfter"] <= 30
        refused = call(
            strict,
            "POST",
            "/channels/calm/messages",
            person=hasty,
            json={"text": "by the other door"},
            expected=(429,),
        )
        assert 0 < int(refused.headers["Retry-After"]) <= 30
        assert refused.json()["code"] == "slow_down"
        assert client.ask(room, "quick 3", answers[3]["nonce"]) == answers[3], "a retry is free"
        with Client(two_servers[0], person=host) as other:
            last = other.ask(room, "a calm word")["seq"]
        assert [frame["seq"] for frame in reader.entries(last)] == [*range(1, 22)]


def test_the_same_text_twice_is_refused(
    two_servers: tuple[RunningServer, RunningServer],
) -> None:
    here, there = two_servers
    host, parrot = sign_up(here, "parrothost"), sign_up(here, "parrot")
    room = open_channel(here, "parrots", host)
    with Client(here, person=parrot) as client, Client(there, person=parrot) as twin:
        assert client.ask(room, "polly wants a cracker")["type"] == "ack"
        for each in (client, twin):
            answer = each.ask(room, "polly wants a cracker")
            assert answer["code"] == "repeated"
            assert 0 < answer["retryAfter"] <= 30
        assert twin.ask(room, "polly wants two")["type"] == "ack"
