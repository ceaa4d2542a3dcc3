"""Changing a passkey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.passkeys.changing import Changing, own
from stonks.application.identity.passkeys.ports import PasskeyWork
from stonks.application.identity.ports import SessionSignals
from stonks.application.identity.present import lock_signed_in
from stonks.application.identity.second_factors.changing import drop_useless_codes
from stonks.application.mail.ports import MailKind
from stonks.application.ports import Begin, Clock
from stonks.domain.identity.passkey import Passkey, PasskeyId
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class ChangePasskey:
    """Name it, or say whether it is asked for after a password; what is not given stays.

    To make it a second factor, or to let it be none, ends the other sessions.
    """

    begin: Begin[PasskeyWork]
    changing: Changing
    signals: SessionSignals
    now: Clock

    def __call__(
        self,
        *,
        actor: ProfileId,
        session_id: SessionId,
        passkey_id: PasskeyId,
        name: str | None = None,
        second_factor: bool | None = None,
    ) -> Passkey:
        """Raises ``Invalid``, ``NotFound`` (``unknown_passkey``), and as ``lock_signed_in``."""
        at, ended = self.now(), list[SessionId]()
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            passkey = own(work, actor, passkey_id)
            if name is not None:
                passkey.rename(name)
            if second_factor is not None and second_factor is not passkey.is_second_factor:
                passkey.is_second_factor = second_factor
                ended += self._tell(work, profile, passkey, session_id, at)
            work.passkeys.save(passkey)
            drop_useless_codes(work, actor, at)
        self.signals.ended(ended)
        return passkey

    def _tell(
        self,
        work: PasskeyWork,
        profile: Profile,
        passkey: Passkey,
        session_id: SessionId,
        at: datetime,
    ) -> Sequence[SessionId]:
        added, removed = MailKind.SECOND_FACTOR_ADDED, MailKind.SECOND_FACTOR_REMOVED
        kind = added if passkey.is_second_factor else removed
        return self.changing(work, profile, passkey, kind, but=session_id, at=at)
