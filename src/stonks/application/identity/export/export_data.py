"""Taking one's data along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.export.ports import PersonalData, Row
from stonks.application.identity.ports import IdentityReads, ProfileView, Throttle
from stonks.application.ports import Clock, Limit
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId

EXPORTS_OF_ACCOUNT = Limit("exports", 5, 3600)


@dataclass(frozen=True, slots=True)
class Export:
    """What is known of one person; ``sections`` are read as they are asked for."""

    at: datetime
    profile: ProfileView
    sections: Iterator[tuple[str, Iterator[Row]]]


@dataclass(frozen=True, slots=True)
class ExportData:
    """Hand out everything that is kept about somebody, to themselves."""

    reads: IdentityReads
    data: PersonalData
    throttle: Throttle
    now: Clock

    def __call__(self, *, actor: ProfileId) -> Export:
        """Raises ``Limited``, ``Unavailable``, and ``NotFound`` (``unknown_profile``)."""
        self.throttle(EXPORTS_OF_ACCOUNT, str(actor))
        profile = self.reads.own(actor)
        if profile is None:
            raise NotFound("unknown_profile", "this profile is no more")
        return Export(self.now(), profile, self.data(actor))
