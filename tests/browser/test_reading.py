"""What somebody sees who has not signed in."""

from tests.browser.page import Page, soon
from tests.browser.people import Someone, someone
from tests.integration.servers import RunningServer

NASTY = '<img src=x onerror="document.title=1"><script>document.title=2</script> & "done"'


def arrive(page: Page, server: RunningServer, host: Someone) -> None:
    page.open(f"{server.url}/c/{host.username}")
    soon(page.is_live, "live")


def test_what_was_said_before_and_what_is_said_now(
    page: Page, server: RunningServer, host: Someone
) -> None:
    host.say(host.username, "before")
    arrive(page, server, host)
    page.sees("before")
    host.say(host.username, "now")
    page.sees("now")
    assert page.read() == ["before", "now"]
    soon(lambda: "watching" in page.text_of("viewers"), "how many watch")


def test_text_stays_text(page: Page, server: RunningServer, host: Someone) -> None:
    host.say(host.username, NASTY)
    arrive(page, server, host)
    page.sees(NASTY)
    host.say(host.username, "/set title " + '"<b>bold</b>"')
    soon(lambda: page.text_of("title") == "<b>bold</b>", "the title")
    host.say(host.username, f"live {NASTY}")
    page.sees(f"live {NASTY}")
    assert page.browser.title == "<b>bold</b> · Stonks"
    assert page.read("#log img, #log script, #title b") == []


def test_moderation_shows_and_what_is_hidden_vanishes(
    page: Page, server: RunningServer, host: Someone
) -> None:
    slug, rude = host.username, someone(server.url, f"rude-{host.username}")
    arrive(page, server, host)
    rude.say(slug, "one")
    seq = rude.say(slug, "two")
    page.sees("two")
    host.say(slug, f"/delete {seq}")
    page.loses("two")
    assert page.read() == ["one"]
    host.say(slug, f"/ban @{rude.username} enough")
    page.loses("one")
    page.sees(f"{slug} banned {rude.username}: enough", ".quiet")
    host.say(slug, f"/unban @{rude.username}")
    page.sees("one")
    assert page.read() == ["one"]


def test_pinned_slow_and_title(page: Page, server: RunningServer, host: Someone) -> None:
    slug = host.username
    seq = host.say(slug, "read me first")
    arrive(page, server, host)
    host.say(slug, f"/pin {seq}")
    soon(lambda: page.text_of("pinned-text") == "read me first", "the pinned message")
    host.say(slug, "/slow 30s")
    soon(lambda: page.text_of("slow") == "slow: 30 s", "slow mode")
    page.open(f"{server.url}/c/{slug}")
    soon(lambda: page.text_of("slow") == "slow: 30 s", "slow mode, on arriving")
    assert page.text_of("pinned-text") == "read me first"
    host.say(slug, "/slow off")
    host.say(slug, "/unpin")
    soon(lambda: not page.find("pinned").is_displayed(), "no pinned message")
    assert not page.find("slow").is_displayed()


def test_earlier_messages(page: Page, server: RunningServer, host: Someone) -> None:
    for number in range(60):
        host.say(host.username, f"line {number}")
    arrive(page, server, host)
    assert page.read() == [f"line {number}" for number in range(10, 60)]
    page.browser.execute_script("document.getElementById('scroll').scrollTop = 0")
    page.find("earlier").click()
    soon(lambda: len(page.read()) == 60, "all of it")
    assert page.read() == [f"line {number}" for number in range(60)]
    assert not page.find("earlier").is_displayed()
    host.say(host.username, "and on")
    soon(lambda: page.find("newer").is_displayed(), "the hint that there is more below")
    page.find("newer").click()
    soon(lambda: not page.find("newer").is_displayed(), "the end")


def test_a_restart_loses_and_doubles_nothing(
    page: Page, server: RunningServer, host: Someone
) -> None:
    arrive(page, server, host)
    host.say(host.username, "before")
    page.sees("before")
    server.terminate()
    soon(lambda: page.text_of("state") == "reconnecting", "that the connection is lost")
    server.start()
    host.say(host.username, "while away")
    page.sees("while away")
    soon(page.is_live, "live again")
    host.say(host.username, "after")
    page.sees("after")
    assert page.read() == ["before", "while away", "after"]
