"""Tidying up after links that nobody followed."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork
from stonks.application.ports import Begin, Clock

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ForgetLinks:
    """Remove links that are too old."""

    begin: Begin[IdentityWork]
    now: Clock

    def __call__(self) -> bool:
        """Whether there may be more."""
        with self.begin() as work:
            return work.mail_links.forget(self.now(), AT_ONCE) == AT_ONCE
