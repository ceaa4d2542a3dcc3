"""Removing a passkey."""

from dataclasses import dataclass

from stonks.application.identity.passkeys.changing import Changing, own
from stonks.application.identity.passkeys.ports import PasskeyWork
from stonks.application.identity.ports import SessionSignals
from stonks.application.identity.present import lock_signed_in
from stonks.application.identity.second_factors.changing import drop_useless_codes
from stonks.application.mail.ports import MailKind
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Conflict
from stonks.domain.identity.passkey import PasskeyId
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class RemovePasskey:
    """Forget a passkey, unless nothing else lets its owner in; the other sessions end."""

    begin: Begin[PasskeyWork]
    changing: Changing
    signals: SessionSignals
    now: Clock

    def __call__(self, *, actor: ProfileId, session_id: SessionId, passkey_id: PasskeyId) -> None:
        """Raises ``NotFound`` (``unknown_passkey``), ``Conflict`` (``last_way_in``), and as
        ``lock_signed_in`` does.
        """
        at = self.now()
        with self.begin() as work:
            profile = lock_signed_in(work, actor, session_id, at)
            passkey = own(work, actor, passkey_id)
            if not work.passkeys.ways_in(actor).are_more_than_one:
                raise Conflict("last_way_in", "nothing else would let you in; add that first")
            work.passkeys.remove(passkey.id)
            drop_useless_codes(work, actor, at)
            kind = MailKind.PASSKEY_REMOVED
            ended = self.changing(work, profile, passkey, kind, but=session_id, at=at)
        self.signals.ended(ended)
