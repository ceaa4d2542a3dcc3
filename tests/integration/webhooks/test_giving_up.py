"""Receivers that are given up: their HOST is told, nothing more is sent, and nothing is lost."""

from uuid import UUID

from stonks.application.egress.ports import Answer
from stonks.domain.ids import ProfileId
from stonks.domain.webhooks.retrying import DELAYS
from tests.contracts.mailer import part, read
from tests.integration.notifications.crowd import with_proven_email
from tests.integration.sockets.people import call
from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hook, Hooked, HostedChannel, Json
from tests.integration.webhooks.scripted import FAILS, TAKEN, Scripted, scripted

GONE = Answer(410, {}, b"")
FAILURES = len(DELAYS) + 1


def test_410_disables_at_once(hooked: Hooked) -> None:
    channel = with_mail(hooked.open_channel())
    with scripted() as receiver, scripted() as honest:
        hook, other = active(channel, receiver), active(channel, honest)
        receiver.answers.extend([TAKEN, GONE])
        channel.say("one")
        channel.say("two")
        wait_until(lambda: hook.read()["status"] == "disabled", "it is disabled")
        read = hook.read()
        assert (read["disabledReason"], read["position"], read["failures"]) == ("gone", 1, 1)
        check_that_its_host_is_told(hook, "it answered 410: it wants no more")
        check_that_nothing_more_is_sent(hook, receiver, other)
        check_that_it_goes_on(hook, receiver)


def test_the_tenth_failure_in_a_row_disables(hooked: Hooked) -> None:
    channel = with_mail(hooked.open_channel())
    with scripted() as receiver, scripted() as honest:
        hook, other = active(channel, receiver), active(channel, honest)
        channel.say("one")
        hook.wait_until_told_all()
        receiver.usual = FAILS
        channel.say("two")
        for failures in range(1, FAILURES):
            read = hook.wait_until_failed(failures)
            assert read["status"] == "active"
            assert read["failures"] == failures, "it is left alone until its time has come"
            assert hook.pass_delay() == 1
        wait_until(lambda: hook.read()["status"] == "disabled", "it is disabled")
        read = hook.read()
        assert (read["disabledReason"], read["position"]) == ("kept_failing", 1)
        assert read["failures"] == FAILURES
        assert [a["seq"] for a in hook.told() if a["outcome"] == "failed"] == [2] * FAILURES
        check_that_its_host_is_told(hook, "it kept failing; last it answered 500")
        check_that_nothing_more_is_sent(hook, receiver, other)
        receiver.usual = TAKEN
        check_that_it_goes_on(hook, receiver)


def with_mail(channel: HostedChannel) -> HostedChannel:
    host = channel.host
    with_proven_email(channel.hooked, ProfileId(UUID(host.id)), f"{host.username}@example.org")
    return channel


def active(channel: HostedChannel, receiver: Scripted) -> Hook:
    hook = channel.add(receiver.url)
    hook.activate()
    return hook


def check_that_its_host_is_told(hook: Hook, reason: str) -> None:
    """In the app, and by mail; once."""
    wait_until(lambda: bool(notices(hook)), "it is in the inbox")
    wait_until(lambda: bool(mails(hook)), "a mail arrives")
    (notice,), (mail,) = notices(hook), mails(hook)
    channel, url = hook.channel.slug, hook.read()["url"]
    assert notice["data"] == {
        "channel": channel,
        "endpointId": hook.id,
        "url": url,
        "reason": reason,
    }
    for said in (channel, url, reason):
        assert said in mail


def notices(hook: Hook) -> list[Json]:
    found = call(hook.channel.hooked.here, "GET", "/notifications", person=hook.channel.host)
    return [one for one in found.json()["items"] if one["type"] == "webhook_disabled"]


def mails(hook: Hook) -> list[str]:
    """What they say of webhooks."""
    address = f"{hook.channel.host.username}@example.org"
    taken = map(read, hook.channel.hooked.postbox.to(address))
    return [part(mail, "plain") for mail in taken if "webhook" in str(mail["Subject"])]


def check_that_nothing_more_is_sent(hook: Hook, receiver: Scripted, other: Hook) -> None:
    had = len(receiver.asked)
    hook.channel.say("is this sent?")
    other.wait_until_told_all()
    assert hook.pass_delay() == 0, "it is due at no time"
    hook.channel.say("and this?")
    other.wait_until_told_all()
    assert len(receiver.asked) == had


def check_that_it_goes_on(hook: Hook, receiver: Scripted) -> None:
    """From its place, with what it missed."""
    had = len(receiver.asked)
    hook.activate()
    hook.wait_until_told_all()
    log = [entry["seq"] for entry in hook.channel.log()]
    assert receiver.seqs()[had:] == log[1:], "all after the one that it took"
    assert (hook.read()["failures"], hook.read()["disabledReason"]) == (0, None)
    hook.channel.say("it goes on")
    hook.wait_until_told_all()
    assert receiver.seqs()[-1] == hook.channel.last_seq()
    assert len(mails(hook)) == 1
