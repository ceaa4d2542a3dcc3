"""What somebody who follows wants to hear."""

from enum import StrEnum


class Bell(StrEnum):
    """``ALL``: each time that whom they follow goes live; ``NONE``: never."""

    ALL = "all"
    NONE = "none"
