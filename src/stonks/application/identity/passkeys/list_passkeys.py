"""One's own passkeys."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.passkeys.ports import PasskeyWork
from stonks.application.ports import Begin
from stonks.domain.identity.passkey import Passkey
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class ListPasskeys:
    """The oldest first."""

    begin: Begin[PasskeyWork]

    def __call__(self, *, actor: ProfileId) -> Sequence[Passkey]:
        with self.begin() as work:
            return work.passkeys.of(actor)
