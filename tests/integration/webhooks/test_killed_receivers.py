"""A receiver is killed in the middle of it all, and started again: nothing is lost or doubled."""

from pathlib import Path
from threading import Thread

from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hook, Hooked
from tests.integration.webhooks.receivers import told

MESSAGES, BEFORE = 200, 40


def test_kill_9_of_a_receiver_in_a_stream_of_messages(hooked: Hooked, tmp_path: Path) -> None:
    channel = hooked.open_channel()
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        writing = Thread(target=channel.say_many, args=(MESSAGES,))
        writing.start()
        wait_until(lambda: len(receiver.taken()) > BEFORE, "it is in the middle")
        receiver.kill()
        had = receiver.seqs()
        failed = hook.wait_until_failed()
        assert failed["status"] == "active", "once is no reason to give anybody up"
        assert failed["behind"] > 0, "nothing is passed over"
        assert failed["position"] <= had[-1]
        writing.join()
        receiver.start()
        catch_up(hook)
        log = [entry["seq"] for entry in channel.log()]
        assert receiver.seqs() == log, "all of it, in order, each once"
        check_attempts(hook, log)
    assert len(log) == MESSAGES


def test_kill_9_of_a_receiver_again_and_again(hooked: Hooked, tmp_path: Path) -> None:
    channel = hooked.open_channel()
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        for time in range(4):
            known = len(receiver.taken())
            writing = Thread(target=channel.say_many, args=(25, f"time {time}, message"))
            writing.start()
            wait_until(lambda known=known: len(receiver.taken()) > known + 5, "it goes on")
            receiver.kill()
            hook.wait_until_failed()
            writing.join()
            receiver.start()
            catch_up(hook)
        log = [entry["seq"] for entry in channel.log()]
        assert receiver.seqs() == log
        check_attempts(hook, log)


def test_what_comes_while_a_receiver_is_away_waits_for_it(hooked: Hooked, tmp_path: Path) -> None:
    channel = hooked.open_channel()
    with told(channel, tmp_path / "events.jsonl") as (hook, receiver):
        receiver.kill()
        channel.say("is there anybody?")
        hook.wait_until_failed()
        channel.say("no?")
        last = hook.told()[-1]
        assert (last["outcome"], last["status"]) == ("failed", None)
        assert (last["reason"], last["detail"]) == (
            "not_reached",
            "nothing was sent: it takes no connections",
        )
        receiver.start()
        catch_up(hook)
        assert receiver.seqs() == [entry["seq"] for entry in channel.log()]
        assert hook.read()["failures"] == 0
        assert hook.read()["nextAttemptAt"] is None


def catch_up(hook: Hook) -> None:
    """What was put off is due now, however often that was."""

    def is_told() -> bool:
        hook.pass_delay()
        return hook.is_told_all()

    wait_until(is_told, "it catches up")


def check_attempts(hook: Hook, log: list[int]) -> None:
    """Each event was delivered; whatever went wrong before that is on record, and in order."""
    attempts = hook.told()
    delivered = [attempt["seq"] for attempt in attempts if attempt["outcome"] == "delivered"]
    assert delivered == log
    failed = [attempt for attempt in attempts if attempt["outcome"] == "failed"]
    assert failed
    assert {attempt["reason"] for attempt in failed} <= {"not_reached", "no_answer"}
    places = [attempt["seq"] for attempt in attempts]
    assert places == sorted(places), "nothing was sent after what was not delivered"
    assert "unknown" not in {attempt["outcome"] for attempt in attempts}
