"""What every change of somebody's passkeys brings with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.passkeys.ports import PasskeyWork
from stonks.application.mail.ports import Mail, MailKind
from stonks.application.ports import NewId
from stonks.domain.errors import NotFound
from stonks.domain.identity.passkey import Passkey, PasskeyId
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class Changing:
    """Tell the owner by mail, and end whatever else is open in their name."""

    new_id: NewId

    def __call__(
        self,
        work: PasskeyWork,
        profile: Profile,
        passkey: Passkey,
        kind: MailKind,
        *,
        but: SessionId,
        at: datetime,
    ) -> Sequence[SessionId]:
        """Which sessions ended; ``profile`` is locked."""
        ended = work.sessions.end_all(profile.id, at, but=but)
        values = {"factor": "passkey", "name": passkey.name}
        if passkey.is_second_factor:
            values["second_factor"] = "yes"
        work.mails.add(Mail(self.new_id(), kind, profile.email, at, profile.id, values))
        return ended


def own(work: PasskeyWork, actor: ProfileId, passkey_id: PasskeyId) -> Passkey:
    """Raises ``NotFound``, also for what is somebody else's."""
    found = next((one for one in work.passkeys.of(actor) if one.id == passkey_id), None)
    if found is None:
        raise NotFound("unknown_passkey", "you have no such passkey")
    return found
