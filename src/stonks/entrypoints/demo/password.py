"""The password of the demo's accounts: never the same on two machines."""

from pathlib import Path
from secrets import choice

from stonks.entrypoints.keys import keep_secret

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def demo_password(var: Path) -> str:
    """Made once, and kept where only its owner reads it."""
    return keep_secret(var / "secrets" / "demo-password", _new()).strip()


def _new() -> str:
    return "-".join("".join(choice(LETTERS) for _ in range(4)) for _ in range(4)) + "\n"
