"""What a mail calls a device."""

from ua_parser import parse


def device_words(user_agent: str) -> str:
    """``Firefox on Linux``, or what the device said of itself, cut short."""
    found = parse(user_agent)
    names = [part.family for part in (found.user_agent, found.os) if part]
    return " on ".join(names) or user_agent[:60]
