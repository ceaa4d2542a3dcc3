"""Devices as people read them."""

from functools import lru_cache

from ua_parser import parse

LONGEST = 60
UNKNOWN = "Unknown device"


@lru_cache(maxsize=1024)
def read_device(said: str) -> str:
    """What a ``User-Agent`` says, in a few words: ``Firefox on Linux``, ``curl``."""
    found = parse(said)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or said.split("/")[0].strip()[:LONGEST] or UNKNOWN
