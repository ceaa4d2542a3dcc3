"""What a HOST changes while events are on their way."""

from pathlib import Path
from threading import Thread

from standardwebhooks import Webhook, WebhookVerificationError

from stonks.adapters.memory.egress import Asked
from tests.integration.sockets.people import call
from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hook, Hooked, HostedChannel
from tests.integration.webhooks.receivers import told
from tests.integration.webhooks.scripted import Scripted, scripted

MESSAGES = 80


def writing(channel: HostedChannel, many: int = MESSAGES) -> Thread:
    thread = Thread(target=channel.say_many, args=(many,))
    thread.start()
    return thread


def catch_up(hook: Hook) -> None:
    def is_told() -> bool:
        hook.pass_delay()
        return hook.is_told_all()

    wait_until(is_told, "it catches up")


def test_while_a_secret_is_changed_the_old_one_and_the_new_one_verify(hooked: Hooked) -> None:
    channel = hooked.open_channel()
    with scripted() as receiver:
        hook = channel.add(receiver.url)
        hook.activate()
        writes = writing(channel)
        wait_until(lambda: len(receiver.asked) > MESSAGES / 4, "it is in the middle")
        new = hook.rotate()
        writes.join()
        channel.say("the last")
        hook.wait_until_told_all()
        assert all(verifies(hook.secret, asked) for asked in receiver.asked)
        assert verifies(new, receiver.asked[-1])
        assert not verifies(new, receiver.asked[0]), "it was signed before"
        assert [*dict.fromkeys(receiver.seqs())] == [entry["seq"] for entry in channel.log()]


def verifies(secret: str, asked: Asked) -> bool:
    try:
        Webhook(secret).verify(asked.body, {**asked.headers})
    except WebhookVerificationError:
        return False
    return True


def test_a_receiver_is_given_the_new_secret_in_its_own_time(hooked: Hooked, tmp_path: Path) -> None:
    channel = hooked.open_channel()
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        writes = writing(channel)
        wait_until(lambda: len(receiver.taken()) > MESSAGES / 4, "it is in the middle")
        receiver.secret = hook.rotate()
        both = channel.say("signed by both")["seq"]
        wait_until(lambda: both in receiver.seqs(), "it is taken by the old one")
        receiver.kill()
        receiver.start()
        writes.join()
        catch_up(hook)
        assert receiver.seqs() == [entry["seq"] for entry in channel.log()]
        assert " 401 " not in receiver.log()


def test_what_is_replayed_has_the_ids_of_then(hooked: Hooked, tmp_path: Path) -> None:
    channel = hooked.open_channel()
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        channel.say_many(10)
        hook.wait_until_told_all()
        first, taken = hook.told(), receiver.taken()
        hook.replay(4)
        wait_until(lambda: len(hook.told()) == 10 + 7, "it is told again")
        assert [a["eventId"] for a in hook.told()[10:]] == [a["eventId"] for a in first[3:]]
        assert {a["outcome"] for a in hook.told()} == {"delivered"}
        assert receiver.taken() == taken, "who drops what it has notices nothing"
        channel.say("and on it goes")
        hook.wait_until_told_all()
        assert receiver.seqs() == [entry["seq"] for entry in channel.log()]


def test_another_url_is_sent_nothing_before_it_was_verified_and_then_goes_on(
    hooked: Hooked, tmp_path: Path
) -> None:
    channel = hooked.open_channel()
    with scripted() as old, scripted() as new, scripted() as honest:
        hook, other = channel.add(old.url), channel.add(honest.url)
        hook.activate()
        other.activate()
        channel.say("the first")
        hook.wait_until_told_all()
        writes = writing(channel)
        wait_until(lambda: len(old.asked) > MESSAGES / 4, "it is in the middle")
        moved = hook.change(url=new.url)
        assert moved["status"] == "pending"
        writes.join()
        other.wait_until_told_all()
        assert new.asked == [], "it did not say that it wants to be told"
        hook.activate()
        hook.wait_until_told_all()
        had = len(old.asked)
        channel.say("the last")
        hook.wait_until_told_all()
        assert len(old.asked) == had, "the old one is told nothing any more"
        log = [entry["seq"] for entry in channel.log()]
        assert old.seqs() == log[:had]
        assert new.seqs() == log[new.seqs()[0] - 1 :], "in order, each once, to the end"
        assert 1 < new.seqs()[0] <= had + 1, "from its place, without a gap"


def test_an_endpoint_that_is_removed_while_it_is_told_is_told_no_more(hooked: Hooked) -> None:
    channel = hooked.open_channel()
    with scripted() as receiver, scripted() as honest:
        hook, other = channel.add(receiver.url), channel.add(honest.url)
        hook.activate()
        other.activate()
        with receiver.gate() as gate:
            channel.say_many(5)
            wait_until(lambda: gate.arrived > 0, "the first is on its way")
            hook.remove()
        check_that_all_goes_on(hooked, channel, other, honest)
        check_that_it_ended(receiver)
        assert hook.id not in [one["id"] for one in channel.call("GET", "/webhooks")["items"]]


def test_a_channel_that_is_deleted_while_it_is_told_of_is_told_of_no_more(hooked: Hooked) -> None:
    channel, there = hooked.open_channel(), hooked.open_channel()
    with scripted() as receiver, scripted() as honest:
        hook, other = channel.add(receiver.url), there.add(honest.url)
        hook.activate()
        other.activate()
        with receiver.gate() as gate:
            channel.say_many(5)
            wait_until(lambda: gate.arrived > 0, "the first is on its way")
            channel.call("DELETE", "")
        check_that_all_goes_on(hooked, there, other, honest)
        check_that_it_ended(receiver)
        call(hooked.here, "GET", channel.path, expected=(404,))


def check_that_all_goes_on(
    hooked: Hooked, channel: HostedChannel, other: Hook, honest: Scripted
) -> None:
    channel.say("the others are told")
    other.wait_until_told_all()
    assert honest.seqs() == [entry["seq"] for entry in channel.log()]
    assert "job_failed" not in hooked.worker.logged()


def check_that_it_ended(receiver: Scripted) -> None:
    """What was read before it was removed may be sent to the end: 5 events, each once."""
    assert receiver.seqs() == [*range(1, len(receiver.asked) + 1)]
