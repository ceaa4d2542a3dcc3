"""What somebody sees of a channel that goes live."""

from tests.browser.page import Page, soon
from tests.browser.people import Someone
from tests.integration.servers import RunningServer

BADGES = ".neighbours [aria-current] .badge.on-air:not([hidden])"


def arrive(page: Page, server: RunningServer, host: Someone) -> None:
    page.open(f"{server.url}/c/{host.username}")
    soon(page.is_live, "live")


def test_it_shows_that_it_is_live_and_since_when_without_being_asked_again(
    page: Page, server: RunningServer, host: Someone
) -> None:
    slug = host.username
    host.open(f"{slug}-next", "Next door")
    arrive(page, server, host)
    assert not page.find("on-air").is_displayed()
    started = host.post(f"/channels/{slug}/streams", {"title": "Opening <b>bell</b>"})
    soon(lambda: page.find("on-air").is_displayed(), "that it is live")
    assert page.text_of("on-air").startswith("LIVE since ")
    assert page.find("since").get_attribute("datetime") == started["startedAt"]
    assert page.text_of("stream-title") == "Opening <b>bell</b>"
    assert page.read(BADGES) == ["LIVE"]
    page.sees(f"{slug} went live: “Opening <b>bell</b>”", ".quiet")
    host.post(f"/channels/{slug}/streams/current/end", {})
    soon(lambda: not page.find("on-air").is_displayed(), "that it is over")
    assert not page.find("stream").is_displayed()
    assert page.read(BADGES) == []
    page.sees(f"{slug} ended the stream", ".quiet")


def test_it_shows_what_was_live_before_and_what_went_on_while_it_was_away(
    page: Page, server: RunningServer, host: Someone
) -> None:
    slug = host.username
    host.post(f"/channels/{slug}/streams", {})
    for number in range(60):  # the start is not on the newest page of the log
        host.say(slug, f"line {number}")
    arrive(page, server, host)
    assert page.text_of("on-air").startswith("LIVE since ")
    assert not page.find("stream").is_displayed()  # it has the channel's own title
    server.terminate()
    soon(lambda: page.text_of("state") == "reconnecting", "that the connection is lost")
    server.start()
    host.post(f"/channels/{slug}/streams/current/end", {})
    soon(lambda: not page.find("on-air").is_displayed(), "that it is over")
