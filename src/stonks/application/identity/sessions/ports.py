"""What sessions need besides: cookies, a list for their owner, and upkeep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from stonks.application.identity.ports import IdentityWork
from stonks.domain.identity.session_cookie import SessionKind
from stonks.domain.ids import ProfileId, SessionId


class SessionCookieRepository(Protocol):
    def bind(self, session_id: SessionId, digest: bytes) -> None:
        """Let the secret of this digest stand for a locked session, in place of refresh tokens.

        Those of the session are gone: from now on nothing else keeps it going.
        """


class SessionUpkeep(Protocol):
    def note(
        self, uses: Mapping[SessionId, datetime], *, stale: timedelta, lifetime: timedelta
    ) -> None:
        """Keep when sessions were used last; a cookie's session is good for another ``lifetime``.

        Changes nothing of those that are over, or were noted less than ``stale`` before.
        """

    def purge(self, before: datetime, most: int) -> int:
        """Remove sessions that were over before then, as many as ``most``; how many they were.

        All that hangs on them goes with them. Those that another unit of work holds are left.
        """

    def forget_used_tokens(self, before: datetime, most: int) -> int:
        """Remove refresh tokens that were used before then; otherwise as ``purge``."""


class SessionsWork(IdentityWork, Protocol):
    """One unit of work of identity in which sessions are kept as cookies, or tidied away."""

    @property
    def session_cookies(self) -> SessionCookieRepository: ...
    @property
    def session_upkeep(self) -> SessionUpkeep: ...


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as its owner sees it; ``device`` is what that said of itself."""

    id: SessionId
    device: str
    started_at: datetime
    used_at: datetime
    expires_at: datetime
    kind: SessionKind


class SessionReads(Protocol):
    """Reads of sessions, each one consistent picture of what is committed."""

    def of_cookie(self, digest: bytes) -> SessionId | None:
        """Whose cookie it is, whether or not that is over; None for nobody's."""

    def page(
        self, profile_id: ProfileId, at: datetime, *, before: SessionId | None, limit: int
    ) -> Sequence[SessionView]:
        """Those of a person that are alive, the newest first, from below ``before``.

        Sessions of personal access tokens are listed with these, not here.
        """
