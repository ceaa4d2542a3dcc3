"""How far somebody's power over others reaches."""

from collections.abc import Set
from dataclasses import dataclass

from stonks.domain.identity.permission import EVERY_PERMISSION, Permission


@dataclass(frozen=True, slots=True)
class Rank:
    """What all account types of a person allow together, and whether that is SUPERADMIN."""

    permissions: frozenset[Permission] = frozenset()
    is_staff: bool = False

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def covers(self, permissions: Set[Permission]) -> bool:
        return permissions <= self.permissions

    def is_above(self, other: "Rank") -> bool:
        """Nobody is above an equal, and nobody above SUPERADMIN."""
        if self.is_staff or other.is_staff:
            return self.is_staff and not other.is_staff
        return other.permissions < self.permissions


NO_RANK = Rank()
HIGHEST_RANK = Rank(EVERY_PERMISSION, is_staff=True)
