"""Lengths of time as people type them: ``30s``, ``10m``, ``1h30m``, ``14d``."""

import re
from datetime import timedelta

from stonks.domain.errors import Invalid

_PART = r"([0-9]{1,7})([smhd])"
_WHOLE = re.compile(f"(?:{_PART}){{1,4}}", re.ASCII | re.IGNORECASE)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_duration(typed: str) -> timedelta:
    """The length; ``Invalid`` (``bad_duration``) where it is none."""
    if not _WHOLE.fullmatch(typed):
        raise Invalid("bad_duration", "a duration reads like 30s, 10m, 1h30m or 14d")
    parts = re.findall(_PART, typed.lower(), re.ASCII)
    return sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in parts), timedelta(0))


def spell_duration(length: timedelta) -> str:
    """The shortest spelling that ``parse_duration`` reads, in whole seconds."""
    left = int(length.total_seconds())
    spelled = ""
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        count, left = divmod(left, size)
        spelled += f"{count}{unit}" if count else ""
    return spelled or "0s"
