"""Being signed in for longer than one token lives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from stonks.entrypoints.client.api import Api, Refused

MARGIN = 30  # seconds before it runs out that a token is renewed


@dataclass(slots=True)
class Login:
    """Somebody signed in: tokens are renewed before they run out, by password where need be.

    ``ask_code`` asks for a second factor; without it who has one is refused.
    """

    api: Api
    name: str
    password: str = field(repr=False)
    ask_code: Callable[[], str] | None = None
    _tokens: dict[str, Any] = field(default_factory=dict, repr=False)
    _until: float = 0.0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def token(self) -> str:
        """An access token that lives for a while yet. Raises ``Refused`` and ``Unreachable``."""
        with self._lock:
            if monotonic() > self._until:
                self._keep(self._renewed())
            token: str = self._tokens["accessToken"]
            return token

    def forget(self) -> None:
        """The session is over: the next token comes by password."""
        with self._lock:
            self._tokens, self._until = {}, 0.0

    def _renewed(self) -> dict[str, Any]:
        if refresh := self._tokens.get("refreshToken"):
            try:
                return dict(self.api.post("/auth/refresh", {"refreshToken": refresh}))
            except Refused as refusal:
                if refusal.may_pass:
                    raise
        body = {"login": self.name, "password": self.password}
        return self._whole(dict(self.api.post("/auth/login", body)))

    def _whole(self, entry: dict[str, Any]) -> dict[str, Any]:
        if "mfaToken" not in entry:
            return entry
        if self.ask_code is None or not {"totp", "recovery_code"} & set(entry["ways"]):
            raise Refused(
                403, "mfa_required", "this account asks for a second factor; sign in anew"
            )
        body = {"mfaToken": entry["mfaToken"], "code": self.ask_code()}
        return dict(self.api.post("/auth/login/2fa", body))

    def _keep(self, tokens: dict[str, Any]) -> None:
        self._tokens = tokens
        self._until = monotonic() + max(1, tokens["expiresIn"] - MARGIN)
