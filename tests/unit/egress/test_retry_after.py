"""When to come back is read as RFC 9110 writes it, and believed for a day at most."""

from datetime import UTC, datetime

import pytest

from stonks.adapters.egress import retry_after
from stonks.application.egress.ports import Answer

NOW = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        (" 7 ", 7.0),
        ("Mon, 05 Jan 2026 20:01:30 GMT", 90.0),
        ("Mon, 05 Jan 2026 19:00:00 GMT", 0.0),
        ("Monday, 05-Jan-26 20:00:10 GMT", 10.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400.0),
        ("9" * 400, 86400.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
    ],
)
def test_seconds_from_now(told: str, seconds: float | None) -> None:
    assert retry_after(Answer(503, {"retry-after": told}, b""), NOW) == seconds


def test_nothing_is_made_up() -> None:
    assert retry_after(Answer(503, {}, b""), NOW) is None
