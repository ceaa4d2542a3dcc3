"""Sessions that end after they were let in, and before what they ask for is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from dependency_injector import providers

from stonks.adapters.memory.identity.issuers import MemoryIssuers
from stonks.application.identity.external.ports import Vouched
from stonks.application.identity.ports import SignedIn
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.external_flow import Link
from stonks.domain.identity.totp import TotpFactor
from tests.authenticator import Authenticator
from tests.contracts.external import a_flow, an_identity
from tests.contracts.http import PASSWORD, Browser, problem_code
from tests.contracts.passkeys import a_passkey
from tests.contracts.second_factor_cases import App, StillClock

Request = tuple[str, str, dict[str, Any]]


@dataclass(slots=True)
class Thief:
    """Somebody in a session of mara's, which she ends at the worst moment."""

    browser: Browser
    clock: StillClock
    left: list[dict[Any, Any]] = field(default_factory=list)

    @classmethod
    def at_large(cls, browser: Browser) -> "Thief":
        thief = cls(browser, StillClock())
        browser.container.now.override(providers.Object(thief.clock))
        browser.sign_up("mara")
        login = {"login": "mara", "password": PASSWORD}
        entered = browser.ask("POST", "/auth/login", json=login)
        browser.tokens["thief"] = entered.json["accessToken"]
        return thief

    @property
    def who(self) -> dict[str, Any]:
        return self.browser.asking("thief")

    def has(self, kind: str) -> UUID:
        """Something that mara has had for long; its id."""
        box, mara, at = self.browser.container, self.who["actor"], self.clock()
        identity, passkey = an_identity(mara), a_passkey(mara)
        with box.begin_identity()() as work:
            if kind == "app":
                work.second_factors.put_totp(TotpFactor(mara, b"sealed", at, 1))
            elif kind == "passkey":
                work.passkeys.add(passkey)
            else:
                work.identities.add(identity)
        return passkey.id if kind == "passkey" else identity.id

    def start(self, path: str) -> Any:
        return self.browser.ask("POST", path, "thief").json

    def ask(self, method: str, path: str, body: dict[str, Any]) -> str:
        """How this is refused to the thief, who is put out between the door and the deed."""
        self.browser.container.authenticate.override(providers.Object(self._let_in))
        answer = self.browser.ask(method, path, "thief", **({"json": body} if body else {}))
        assert answer.status_code == 401, answer.text
        return problem_code(answer)

    def _let_in(self, token: str) -> SignedIn:
        box = self.browser.container
        box.authenticate.reset_last_overriding()
        found: SignedIn = box.authenticate()(token=token)
        self.put_out()
        return found

    def put_out(self) -> None:
        self.browser.container.end_other_sessions()(**self.browser.asking("mara"))
        self.left = self.rows()

    def rows(self) -> list[dict[Any, Any]]:
        """All that is kept, but for challenges: an answer uses them up, whether good or bad."""
        box = self.browser.container
        challenges = box.identity_tables().passkeys.ceremonies
        return [dict(table.rows) for table in box.database().tables if table is not challenges]


@pytest.fixture
def thief(browser: Browser) -> Thief:
    return Thief.at_large(browser)


def confirming_an_app(thief: Thief) -> Request:
    app = App(thief.start("/profiles/me/2fa")["secret"], lambda: thief.clock().timestamp())
    return "POST", "/profiles/me/2fa/confirm", {"code": app.code()}


def renewing_codes(thief: Thief) -> Request:
    thief.has("app")
    return "POST", "/profiles/me/2fa/recovery-codes", {}


def ending_an_app(thief: Thief) -> Request:
    thief.has("app")
    return "DELETE", "/profiles/me/2fa", {}


def adding_a_passkey(thief: Thief) -> Request:
    options = thief.start("/profiles/me/passkeys/start")["publicKey"]
    return "POST", "/profiles/me/passkeys", {"credential": Authenticator().create(options)}


def changing_a_passkey(thief: Thief) -> Request:
    return "PATCH", f"/profiles/me/passkeys/{thief.has('passkey')}", {"secondFactor": False}


def removing_a_passkey(thief: Thief) -> Request:
    return "DELETE", f"/profiles/me/passkeys/{thief.has('passkey')}", {}


def unlinking(thief: Thief) -> Request:
    return "DELETE", f"/auth/identities/{thief.has('identity')}", {}


REQUESTS: dict[str, Callable[[Thief], Request]] = {
    "start an app": lambda _: ("POST", "/profiles/me/2fa", {}),
    "confirm an app": confirming_an_app,
    "renew codes": renewing_codes,
    "end an app": ending_an_app,
    "add a passkey": adding_a_passkey,
    "change a passkey": changing_a_passkey,
    "remove a passkey": removing_a_passkey,
    "unlink": unlinking,
    "make a token": lambda _: (
        *("POST", "/profiles/me/tokens"),
        {"name": "bot", "scopes": ["chat:write"]},
    ),
    "change the address": lambda _: ("PATCH", "/profiles/me", {"email": "thief@example.net"}),
    "change the password": lambda _: (
        *("POST", "/profiles/me/password"),
        {"password": "forty lanterns under ice"},
    ),
    "prove it again": lambda _: ("POST", "/auth/reauthenticate", {"password": PASSWORD}),
    "end the other sessions": lambda _: ("DELETE", "/auth/sessions", {}),
    "leave": lambda _: ("DELETE", "/profiles/me", {}),
    "leave for good": lambda _: ("POST", "/profiles/me/deletion", {}),
}


@pytest.mark.parametrize("deed", REQUESTS)
def test_a_session_that_ended_meanwhile_changes_no_way_in(thief: Thief, deed: str) -> None:
    assert thief.ask(*REQUESTS[deed](thief)) == "session_ended"
    assert thief.left, "the thief was put out"
    assert thief.rows() == thief.left


def test_a_session_that_ended_meanwhile_links_nothing(thief: Thief) -> None:
    box, who = thief.browser.container, thief.who
    box.issuers.override(providers.Object(MemoryIssuers({"acme": "Acme"})))
    link = Link(who["actor"], who["session_id"])
    vouched = Vouched("https://acme.example", "thief", None, False, None, None)
    thief.put_out()
    with pytest.raises(Unauthenticated) as refusal:
        box.link_identity()(link=link, flow=a_flow(link), vouched=vouched)
    assert refusal.value.code == "session_ended"
    assert thief.rows() == thief.left
