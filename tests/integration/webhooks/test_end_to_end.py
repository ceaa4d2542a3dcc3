"""A real receiver gets everything that happens in a channel, in order, verified by its library."""

import base64
import hmac
import subprocess
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from stonks.domain.webhooks.event_type import ATTENDANCE, EventType
from tests.integration.sockets.people import Person, grant_staff
from tests.integration.webhooks.hooked import Hooked, HostedChannel
from tests.integration.webhooks.receivers import told
from tests.integration.webhooks.scripted import FAILS, TAKEN, scripted

BACKLOG = 500


@pytest.fixture(scope="module")
def chosen() -> Mapping[str, object]:
    """Each process has connections of its own; with one, turns go on over the same."""
    return {"worker_processes": 1}


def do_everything(channel: HostedChannel, member: Person, staff: Person) -> None:
    """Whatever ends up in a channel's log, by everybody who may do it, and by every way."""
    name = member.username
    first = channel.say("the first", member)["seq"]
    channel.say("the second", member)
    lines = [
        *(f"/pin {first}", "/unpin", f"/delete {first}", f"/clear @{name}"),
        *(f"/mute @{name}", f"/unmute @{name}", f"/timeout @{name} 10m being loud"),
        *(f"/unmute @{name}", f"/ban @{name} being rude", f"/unban @{name}"),
        *(f"/set admin @{name}", '/set title "Zürich \\\\ 🎈"', '/set description "<b>"'),
        *("/slow 30s", "/slow off", "/followers 10m", "/followers off"),
    ]
    for line in lines:
        channel.say(line)
    third = channel.say("the third", member)["seq"]
    channel.call("DELETE", f"/messages/{third}")
    channel.call("PATCH", "", json={"title": "By HTTP"})
    channel.call("PUT", f"/admins/{name}")
    channel.call("DELETE", f"/admins/{name}")
    channel.call("POST", "/streams", json={"title": "Ended by its HOST"})
    channel.call("POST", "/streams/current/end")
    channel.call("POST", "/streams", json={"title": "Ended with the channel"})
    channel.call("PUT", "/suspension", staff, json={"reason": "a test"})
    channel.call("DELETE", "/suspension", staff)
    channel.say("that is all")


def test_everything_arrives_verified_and_in_the_order_of_the_log(
    hooked: Hooked, tmp_path: Path
) -> None:
    channel, member, staff = hooked.open_channel(), hooked.sign_up(), hooked.sign_up()
    grant_staff(hooked.here, staff.username)
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        do_everything(channel, member, staff)
        hook.wait_until_told_all()
        log, taken = channel.log(), receiver.taken()
        assert {event["type"] for event in taken} == set(EventType) - ATTENDANCE
        assert [(e["data"]["seq"], e["data"]["actor"]["id"], e["timestamp"]) for e in taken] == [
            (entry["seq"], entry["actor"]["id"], entry["at"]) for entry in log
        ]
        assert [event["type"] for event in taken] == [type_of(entry["kind"]) for entry in log]
        attempts = hook.told()
        assert [attempt["seq"] for attempt in attempts] == receiver.seqs()
        assert {(a["outcome"], a["status"], a["reason"]) for a in attempts} == {
            ("delivered", 200, None)
        }
        assert " 401 " not in receiver.log(), "it took whatever it was sent for ours"


def test_signatures_hold_where_nothing_of_the_package_is_asked(hooked: Hooked) -> None:
    channel = hooked.open_channel()
    with scripted() as receiver:
        hook = channel.add(receiver.url)
        hook.activate()
        channel.say("Grüezi — «hello» 🎈")
        hook.wait_until_told_all()
        (asked,) = receiver.asked
        headers = {name.lower(): value for name, value in asked.headers.items()}
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + asked.body
        key = base64.b64decode(hook.secret.removeprefix("whsec_"))
        assert headers["webhook-signature"] == f"v1,{by_openssl(key, signed)}"
        assert by_openssl(key, signed) == by_hmac(key, signed)
        assert headers["content-type"] == "application/json"
        (attempt,) = hook.told()
        assert headers["webhook-id"] == attempt["eventId"]
        at = datetime.fromisoformat(attempt["at"])
        assert int(headers["webhook-timestamp"]) == int(at.timestamp())


def type_of(kind: str) -> str:
    return f"chat.{'message_posted' if kind == 'message' else kind}"


def by_openssl(key: bytes, signed: bytes) -> str:
    mac = [
        "openssl",
        "dgst",
        "-sha256",
        "-mac",
        "HMAC",
        "-macopt",
        f"hexkey:{key.hex()}",
        "-binary",
    ]
    made = subprocess.run(mac, input=signed, capture_output=True, check=True, timeout=30)
    return base64.b64encode(made.stdout).decode()


def by_hmac(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def test_each_endpoint_of_a_channel_is_told_what_it_asked_for(
    hooked: Hooked, tmp_path: Path
) -> None:
    channel = hooked.open_channel()
    wanted = ("chat.message_posted", "chat.slow_mode_changed")
    with (
        told(channel, tmp_path / "all.jsonl") as (hears_all, everything),
        told(channel, tmp_path / "some.jsonl", *wanted) as (hears_some, some),
        told(channel, tmp_path / "none.jsonl", "chat.member_banned") as (hears_none, none),
    ):
        channel.say("one")
        channel.say("/slow 30s")
        channel.say("/followers 10m")
        channel.say("two")
        for hook in (hears_all, hears_some, hears_none):
            hook.wait_until_told_all()
        log = channel.log()
        assert everything.seqs() == [entry["seq"] for entry in log]
        assert [event["type"] for event in some.taken()] == [wanted[0], wanted[1], wanted[0]]
        assert none.taken() == [], "and yet it is behind in nothing"
        for hook in (hears_all, hears_some, hears_none):
            assert hook.read()["position"] == log[-1]["seq"]


def test_a_test_arrives_at_once_and_is_in_no_log(hooked: Hooked, tmp_path: Path) -> None:
    channel = hooked.open_channel()
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        attempt = hook.test()
        (event,) = receiver.taken()
        assert (event["type"], event["id"]) == ("webhook.test", attempt["eventId"])
        assert event["data"]["channel"] == channel.slug
        assert (attempt["outcome"], attempt["status"], attempt["seq"]) == ("delivered", 200, None)
        assert hook.attempts()[-1] == attempt


def test_who_was_away_for_long_catches_up_over_one_connection(hooked: Hooked) -> None:
    channel = hooked.open_channel()
    with scripted() as receiver:
        hook = channel.add(receiver.url)
        receiver.usual = FAILS
        hook.activate()
        channel.say("nobody takes this")
        hook.wait_until_failed()
        channel.say_many(BACKLOG)
        assert hook.read()["behind"] == BACKLOG + 1
        receiver.usual, before, tried = TAKEN, receiver.connections, len(receiver.asked)
        hook.pass_delay()
        hook.wait_until_told_all()
        assert receiver.seqs()[tried:] == [entry["seq"] for entry in channel.log()]
        assert receiver.connections - before <= 1, "each turn goes on where the last one was"
