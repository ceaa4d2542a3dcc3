"""On every screen, for everybody."""

import pytest

from tests.browser.page import Page, soon
from tests.browser.people import PASSWORD, Someone, someone
from tests.integration.servers import RunningServer

CONTRAST = """
const rgb = (colour) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const light = (colour) => rgb(colour)
  .map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
const ground = (element) => {
  const colour = getComputedStyle(element).backgroundColor;
  return colour === "rgba(0, 0, 0, 0)" ? ground(element.parentElement) : colour;
};
return [...document.querySelectorAll(arguments[0])].map((element) => {
  const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
  return [element.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
});
"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (360, 640)])
@pytest.mark.parametrize("is_dark", [False, True])
def test_it_fits_and_can_be_read(
    page: Page, server: RunningServer, host: Someone, width: int, height: int, is_dark: bool
) -> None:
    host.say(host.username, "w" * 300)
    host.say(host.username, "/set title " + "W" * 140)
    host.post(f"/channels/{host.username}/streams", {"title": "w" * 140})
    page.look(width, height, is_dark=is_dark)
    page.open(f"{server.url}/c/{host.username}")
    soon(page.is_live, "live")
    wide = page.browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width
    box = page.find("line").rect
    assert box["x"] >= 0
    assert box["y"] + box["height"] <= height
    words = "h1, .text, .name, time, .chip, .badge, .quiet, .brand, nav a, button"
    shown = page.browser.execute_script(CONTRAST, words)
    assert [said for said, ratio in shown if ratio < 4.5] == []  # WCAG 2.2, 1.4.3


def test_it_fits_when_signed_in(page: Page, server: RunningServer, host: Someone) -> None:
    someone(server.url, "m" * 30).open("long-names", "Long names")
    page.look(360, 640)
    page.open(f"{server.url}/c/long-names")
    page.log_in("m" * 30, PASSWORD)
    page.write("/help")
    soon(lambda: page.read(".whisper"), "the commands")
    assert page.browser.execute_script("return document.documentElement.scrollWidth") <= 360


def test_every_field_and_button_has_a_name(
    page: Page, server: RunningServer, host: Someone
) -> None:
    page.open(f"{server.url}/c/{host.username}")
    soon(page.is_live, "live")
    page.find("enter").click()
    nodes = page.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    wanted = ("textbox", "button", "link", "dialog", "log")
    nameless = [
        node["role"]["value"]
        for node in nodes
        if not node.get("ignored")
        and node["role"]["value"] in wanted[:4]
        and not node.get("name", {}).get("value")
    ]
    assert nameless == []
    assert page.find("log").get_attribute("aria-live") == "polite"


def test_nothing_comes_from_elsewhere(page: Page, server: RunningServer, host: Someone) -> None:
    page.open(f"{server.url}/c/{host.username}")
    soon(page.is_live, "live")
    script = "return performance.getEntriesByType('resource').map(one => one.name)"
    loaded = page.browser.execute_script(script)
    assert loaded
    assert [name for name in loaded if not name.startswith(f"{server.url}/")] == []
