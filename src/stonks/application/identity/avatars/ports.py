"""How avatars are kept."""

from stonks.application.ports import Limit

EDGES = (64, 256, 512)
SHOWN = 256
AVATARS_OF_ACCOUNT = Limit("avatars", 30, 3600)


def key_of(avatar: str, edge: int = SHOWN) -> str:
    """The key of an avatar's file of so many pixels an edge."""
    return f"{avatar}/{edge}.webp"
