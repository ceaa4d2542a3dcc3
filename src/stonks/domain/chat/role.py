"""Who outranks whom in a room."""

from enum import IntEnum


class Role(IntEnum):
    """Rank in a room, lowest first. Nobody sanctions an equal or a higher rank."""

    ANONYMOUS = 0
    MEMBER = 1
    ADMIN = 2
    HOST = 3
    SUPERADMIN = 4

    @property
    def moderates(self) -> bool:
        return self >= Role.ADMIN
