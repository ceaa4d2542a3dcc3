"""Who is SUPERADMIN."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.ports import IdentityReads, StaffView


@dataclass(frozen=True, slots=True)
class ListStaff:
    """Everybody who is SUPERADMIN, the first granted first."""

    reads: IdentityReads

    def __call__(self) -> Sequence[StaffView]:
        return self.reads.staff()
