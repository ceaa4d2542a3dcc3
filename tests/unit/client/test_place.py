"""Where the Stonks is that is asked."""

from dataclasses import replace

import pytest

from stonks.entrypoints.client.place import checked_url, own_url
from stonks.entrypoints.settings import Settings


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("localhost:8000", "http://localhost:8000"),
        ("https://chat.example/c/lounge?x#y", "https://chat.example"),
        ("http://[::1]:80/", "http://[::1]:80"),
        ("http://me:secret@chat.example", "http://chat.example"),
    ],
)
def test_an_address_is_taken_down_to_its_port(given: str, expected: str) -> None:
    assert checked_url(given) == expected


@pytest.mark.parametrize("given", ["", "ftp://chat.example", "file:///etc/passwd", "http://"])
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="an address reads like"):
        checked_url(given)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("10.1.2.3", "10.1.2.3")],  # noqa: S104
)
def test_how_the_same_machine_reaches_it(
    memory_settings: Settings, host: str, expected: str
) -> None:
    settings = replace(memory_settings, host=host, port=8123)
    assert own_url(settings) == f"http://{expected}:8123"
