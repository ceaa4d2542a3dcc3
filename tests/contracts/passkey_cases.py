"""The use cases of passkeys on any store, and people who have one."""

from dataclasses import dataclass, field
from typing import Any

from stonks.adapters.clock import new_id
from stonks.adapters.limits import LimitedThrottle, memory_windows
from stonks.adapters.passkeys import LibraryWebAuthn, new_bytes, relying_party
from stonks.application.identity.grants import Grant
from stonks.application.identity.passkeys.add_passkey import AddPasskey
from stonks.application.identity.passkeys.challenges import Challenges
from stonks.application.identity.passkeys.change_passkey import ChangePasskey
from stonks.application.identity.passkeys.changing import Changing
from stonks.application.identity.passkeys.check_passkey import CheckPasskey
from stonks.application.identity.passkeys.finish_login import (
    AskForSecondFactor,
    FinishLoginWithPasskey,
)
from stonks.application.identity.passkeys.remove_passkey import RemovePasskey
from stonks.application.identity.passkeys.sign_in_with_passkey import (
    AskForPasskey,
    SignInWithPasskey,
)
from stonks.application.identity.passkeys.start_passkey import StartPasskey
from stonks.domain.identity.passkey import Passkey
from stonks.domain.identity.profile import Profile
from stonks.entrypoints.http.identity.passkeys.options import creation_json, prompt_json
from tests.authenticator import ORIGIN, Authenticator
from tests.contracts.identity_cases import IdentityCases

PARTY = relying_party(ORIGIN, ())
ADDRESS = "192.0.2.1"


@dataclass(slots=True)
class PasskeyCases:
    """Beside the use cases of identity those of passkeys, with limits that nobody meets."""

    identity: IdentityCases
    device: Authenticator = field(default_factory=Authenticator)
    throttle: LimitedThrottle = field(
        default_factory=lambda: LimitedThrottle(memory_windows(), 1_000_000)
    )

    @property
    def begin(self) -> Any:
        return self.identity.store.begin

    @property
    def check(self) -> CheckPasskey:
        webauthn = LibraryWebAuthn(PARTY)
        return CheckPasskey(self.begin, webauthn, self.throttle, self.identity.clock, new_id)

    @property
    def start(self) -> StartPasskey:
        return StartPasskey(self.begin, Challenges(new_bytes), self.throttle, self.identity.clock)

    @property
    def add(self) -> AddPasskey:
        return AddPasskey(
            self.begin,
            LibraryWebAuthn(PARTY),
            self.throttle,
            Changing(new_id),
            self.identity.signals,
            self.identity.clock,
            new_id,
        )

    @property
    def change(self) -> ChangePasskey:
        return ChangePasskey(
            self.begin, Changing(new_id), self.identity.signals, self.identity.clock
        )

    @property
    def remove(self) -> RemovePasskey:
        return RemovePasskey(
            self.begin, Changing(new_id), self.identity.signals, self.identity.clock
        )

    @property
    def ask(self) -> AskForPasskey:
        return AskForPasskey(self.begin, Challenges(new_bytes), self.throttle, self.identity.clock)

    @property
    def sign_in(self) -> SignInWithPasskey:
        return SignInWithPasskey(self.begin, self.check, self.identity.grants, self.identity.clock)

    @property
    def ask_second(self) -> AskForSecondFactor:
        return AskForSecondFactor(
            self.begin, Challenges(new_bytes), self.throttle, self.identity.clock
        )

    @property
    def finish_login(self) -> FinishLoginWithPasskey:
        return FinishLoginWithPasskey(
            self.begin, self.check, self.identity.grants, self.identity.clock
        )

    def without_password(self) -> tuple[Profile, Grant]:
        """Somebody signed in who has nothing to sign in by."""
        profile, at = self.identity.store.profile("bruno"), self.identity.clock()
        with self.begin() as work:
            return profile, self.identity.grants.open(work, profile.id, "Firefox", at)

    def created(self, profile: Profile, grant: Grant) -> dict[str, Any]:
        """What this person adds a passkey by: the arguments of ``add``."""
        who = {"actor": profile.id, "session_id": grant.session_id, "address": ADDRESS}
        options = creation_json(self.start(**who), PARTY)
        return who | {"credential": self.device.create(options)}

    def owner(
        self, username: str = "mara", *, second_factor: bool = False
    ) -> tuple[Profile, Grant, Passkey]:
        """Somebody who signed up and added a passkey."""
        profile, grant = self.identity.member(username)
        passkey = self.add(**self.created(profile, grant), second_factor=second_factor)
        return profile, grant, passkey

    def shown(self) -> dict[str, Any]:
        """What somebody signs in by: the arguments of ``sign_in``."""
        options = prompt_json(self.ask(address=ADDRESS), PARTY)
        return {"credential": self.device.get(options), "device": "Firefox", "address": ADDRESS}

    def shown_after(self, mfa_token: str) -> dict[str, Any]:
        """What a login is finished by: the arguments of ``finish_login``."""
        prompt = self.ask_second(mfa_token=mfa_token, address=ADDRESS)
        credential = self.device.get(prompt_json(prompt, PARTY))
        who = {"device": "Firefox", "address": ADDRESS}
        return who | {"mfa_token": mfa_token, "credential": credential}
