"""Which second factors a person has."""

from collections.abc import Sequence
from dataclasses import dataclass

TOTP, PASSKEY, RECOVERY_CODE = "totp", "passkey", "recovery_code"


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """Those that count: a confirmed authenticator app, and passkeys that are meant as one."""

    totp: bool = False
    passkeys: int = 0
    recovery_codes_left: int = 0

    @property
    def are_on(self) -> bool:
        """Whether a login asks for one; recovery codes alone stand for nothing."""
        return self.totp or self.passkeys > 0

    @property
    def ways(self) -> Sequence[str]:
        """What a login may be finished with; nothing where it needs no second factor."""
        has = {PASSKEY: self.passkeys, TOTP: self.totp, RECOVERY_CODE: self.recovery_codes_left}
        return [way for way, is_there in has.items() if is_there] if self.are_on else []
