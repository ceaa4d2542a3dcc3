"""What somebody needs in hand who does something with passkeys, whatever their role."""

from dataclasses import dataclass
from typing import Any

from stonks.application.identity.ports import SignedIn
from stonks.domain.identity.passkey import Passkey
from stonks.entrypoints.container import Container
from stonks.entrypoints.http.identity.passkeys.options import creation_json, prompt_json
from tests.authenticator import Authenticator
from tests.contracts.http import PASSWORD

ADDRESS = {"address": "192.0.2.1"}
HAVING_ONE = {
    *("finishPasskeyLogin", "startSecondPasskey", "finishSecondPasskey"),
    *("startFreshProof", "finishFreshProof", "changePasskey", "removePasskey"),
}
NEEDING_A_DEVICE = HAVING_ONE | {"addPasskey"}


@dataclass(frozen=True, slots=True)
class PasskeyProps:
    """A device in the hands of somebody who is signed in."""

    container: Container
    person: SignedIn

    def of(self, operation_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What goes into the path and the body; nothing for what has to do with no passkey."""
        device = Authenticator(origin=self.container.relying_party().origins[0])
        if operation_id == "addPasskey":
            return {}, {"credential": self._made(device)}
        if operation_id not in HAVING_ONE:
            return {}, {}
        is_second = "Second" in operation_id
        passkey = self._passkey(device, is_second)
        body = {"mfaToken": self._half()} if is_second else {}
        return {"passkey_id": passkey.id}, body | self._shown(device, operation_id, body)

    @property
    def _who(self) -> dict[str, Any]:
        return {"actor": self.person.profile_id, "session_id": self.person.session_id} | ADDRESS

    def _made(self, device: Authenticator) -> dict[str, Any]:
        creation = self.container.start_passkey()(**self._who)
        return device.create(creation_json(creation, self.container.relying_party()))

    def _passkey(self, device: Authenticator, is_second: bool) -> Passkey:
        add, made = self.container.add_passkey(), self._made(device)
        passkey: Passkey = add(**self._who, credential=made, second_factor=is_second)
        return passkey

    def _half(self) -> str:
        login = {"login": self.person.username, "password": PASSWORD, "device": ""} | ADDRESS
        _, half = self.container.log_in()(**login)
        token: str = half.token
        return token

    def _shown(
        self, device: Authenticator, operation_id: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        asking = {
            "finishPasskeyLogin": lambda: self.container.ask_for_passkey()(**ADDRESS),
            "finishSecondPasskey": lambda: self.container.ask_for_second_factor()(
                mfa_token=body["mfaToken"], **ADDRESS
            ),
            "finishFreshProof": lambda: self.container.ask_for_proof()(**self._who),
        }
        if operation_id not in asking:
            return {}
        prompt = asking[operation_id]()
        return {"credential": device.get(prompt_json(prompt, self.container.relying_party()))}
