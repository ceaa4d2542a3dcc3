"""Doing without an authenticator app."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork, SessionSignals
from stonks.application.identity.present import lock_signed_in
from stonks.application.identity.second_factors.changing import (
    TOTP_FACTOR,
    TellAndEnd,
    drop_useless_codes,
)
from stonks.application.mail.ports import MailKind
from stonks.application.ports import Begin, Clock
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class EndTotp:
    """Forget somebody's app and what was begun with another; all other sessions end.

    The recovery codes go with it, unless a passkey is left that they stand in for. Nothing
    happens where there was no app.
    """

    begin: Begin[IdentityWork]
    tell_and_end: TellAndEnd
    signals: SessionSignals
    now: Clock

    def __call__(self, *, actor: ProfileId, session_id: SessionId) -> None:
        """Raises as ``lock_signed_in`` does."""
        at, kind = self.now(), MailKind.SECOND_FACTOR_REMOVED
        ended: Sequence[SessionId] = ()
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            work.second_factors.end_enrolment(actor)
            if work.second_factors.end_totp(actor):
                drop_useless_codes(work, actor, at)
                ended = self.tell_and_end(work, profile, kind, TOTP_FACTOR, but=session_id, at=at)
        self.signals.ended(ended)
