"""The live chat as somebody sees it who sits before it."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TypeVar

from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

Found = TypeVar("Found")
PATIENCE = 10  # seconds
EXPECTED = ("Failed to load resource", "WebSocket connection to", "Clear-Site-Data header on")


def soon(look: Callable[[], Found], what: str, seconds: float = PATIENCE) -> Found:
    """What ``look`` finds, as soon as it finds anything."""
    end = monotonic() + seconds
    while not (found := look()):
        assert monotonic() < end, f"never seen: {what}"
        sleep(0.05)
    return found


@dataclass(frozen=True, slots=True)
class Page:
    browser: Chrome

    def open(self, address: str) -> None:
        self.browser.get(address)

    def look(self, width: int, height: int, *, is_dark: bool = False) -> None:
        """Change the screen."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def find(self, id_: str) -> WebElement:
        return self.browser.find_element(By.ID, id_)

    def text_of(self, id_: str) -> str:
        return str(self.find(id_).text)

    def read(self, selector: str = ".log:not(.pending) .text") -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map(one => one.textContent)"
        return list(self.browser.execute_script(script, selector))

    def sees(self, text: str, selector: str = ".log:not(.pending) .text") -> None:
        soon(lambda: text in self.read(selector), text)

    def loses(self, text: str) -> None:
        soon(lambda: text not in self.read(), f"{text}, gone")

    def is_live(self) -> bool:
        return self.text_of("state") == "connected"

    def write(self, text: str) -> None:
        line = self.find("line")
        line.send_keys(text, Keys.ENTER)

    def sign_up(self, username: str, password: str) -> None:
        soon(lambda: self.find("username").is_displayed(), "the box to join")
        self.find("username").send_keys(username)
        self.find("email").send_keys(f"{username}@example.com")
        self.find("password").send_keys(password, Keys.ENTER)

    def log_in(self, username: str, password: str) -> None:
        self.find("enter").click()
        self.find("is-back").click()
        self.find("username").send_keys(username)
        self.find("password").send_keys(password, Keys.ENTER)
        soon(lambda: username in self.read("#me")[0], f"{username} signed in")

    def complaints(self) -> list[str]:
        """What the browser complained of, apart from refusals and from servers that are away."""
        said = [str(entry["message"]) for entry in self.browser.get_log("browser")]
        return [line for line in said if not any(known in line for known in EXPECTED)]
