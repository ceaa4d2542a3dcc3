"""When whoever refused wants to be asked again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from stonks.application.egress.ports import Answer

LONGEST = timedelta(days=1).total_seconds()


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Seconds from now (RFC 9110, 10.2.3), a day at most; None where it does not say so."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return min(float(told), LONGEST)
    try:
        at = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(0.0, (at - now).total_seconds()), LONGEST)
