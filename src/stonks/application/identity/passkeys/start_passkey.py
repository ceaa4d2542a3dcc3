"""Beginning to add a passkey."""

from dataclasses import dataclass

from stonks.application.identity.passkeys.challenges import Challenges, bound_to_session
from stonks.application.identity.passkeys.limits import ADDED_BY_ACCOUNT, ASKED_BY_ADDRESS
from stonks.application.identity.passkeys.ports import Creation, PasskeyWork
from stonks.application.identity.ports import Throttle
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Conflict
from stonks.domain.identity.ceremony import Purpose
from stonks.domain.identity.passkey import MOST_PASSKEYS
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class StartPasskey:
    """Give a challenge for a new passkey, to this session and no other."""

    begin: Begin[PasskeyWork]
    challenges: Challenges
    throttle: Throttle
    now: Clock

    def __call__(self, *, actor: ProfileId, session_id: SessionId, address: str) -> Creation:
        """Raises ``Conflict`` (``too_many_passkeys``) and ``Limited``."""
        self.throttle(ASKED_BY_ADDRESS, address)
        self.throttle(ADDED_BY_ACCOUNT, str(actor))
        at, binding = self.now(), bound_to_session(session_id)
        with self.begin() as work:
            profile = work.profiles.lock(actor)
            passkeys = work.passkeys.of(actor)
            if len(passkeys) >= MOST_PASSKEYS:
                raise too_many()
            handle = work.passkeys.handle(actor, self.challenges.new_bytes())
            challenge = self.challenges.give(
                work, Purpose.REGISTER, at=at, bound_to=binding, profile_id=actor
            )
        return Creation(challenge, handle, profile.username, profile.full_name, passkeys)


def too_many() -> Conflict:
    return Conflict(
        "too_many_passkeys", f"nobody has more than {MOST_PASSKEYS} passkeys; remove one first"
    )
