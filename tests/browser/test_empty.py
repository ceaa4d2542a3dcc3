"""Before anybody has opened a channel."""

import re
import subprocess

from tests.browser.page import Page, soon
from tests.integration.servers import RunningServer


def test_an_empty_stonks_says_what_to_do_and_it_works(page: Page, server: RunningServer) -> None:
    page.open(f"{server.url}/c/nowhere")
    assert "nowhere" in page.read("main")[0]
    page.open(server.url)
    assert page.read("h1") == ["Nothing on air yet"]
    commands = page.read("pre code")
    assert len(commands) == 2
    shown = subprocess.run(
        ["sh", "-ec", "\n".join(commands)], capture_output=True, text=True, timeout=30, check=True
    )
    assert re.search(r'"slug":"first-light"', shown.stdout)
    page.open(server.url)
    soon(page.is_live, "the new channel, live")
    assert page.text_of("title") == "First light"
