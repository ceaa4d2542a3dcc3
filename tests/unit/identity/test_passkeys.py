"""Passkeys over HTTP, as honest and dishonest devices meet them."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import cbor2
import pytest
from dependency_injector import providers
from flask import Flask

from stonks.adapters.passkeys import relying_party
from stonks.application.identity.grants import Grant
from stonks.application.identity.passkeys.limits import SHOWN_BY_ACCOUNT, SHOWN_BY_ADDRESS
from stonks.application.mail.ports import MailKind
from stonks.application.ports import Limit
from stonks.domain.errors import Limited, Unavailable
from stonks.domain.ids import SessionId
from stonks.entrypoints.container import Container
from stonks.entrypoints.http.identity.passkeys import examples
from stonks.entrypoints.settings import Settings
from tests.authenticator import EDDSA, ES256, ORIGIN, RS256, Authenticator, raw, text
from tests.contracts.http import PASSWORD, Browser, browser_of, problem_code
from tests.contracts.identity_cases import HOME, IdentityCases, MovableClock
from tests.contracts.passkey_cases import PasskeyCases

numbers = count(1)


@dataclass(slots=True)
class Owner:
    """Somebody with a device, who signed up here."""

    browser: Browser
    name: str
    device: Authenticator = field(default_factory=Authenticator)

    def ask(self, method: str, path: str, **options: Any) -> Any:
        return self.browser.ask(method, path, self.name, **options)

    def creation(self) -> dict[str, Any]:
        return options_of(self.ask("POST", "/profiles/me/passkeys/start"))

    def add(self, credential: dict[str, Any] | None = None, **fields: Any) -> Any:
        credential = credential or self.device.create(self.creation())
        body = {"credential": credential, **fields}
        return self.ask("POST", "/profiles/me/passkeys", json=body)

    def has(self, **fields: Any) -> dict[str, Any]:
        """A passkey that was added."""
        answer = self.add(**fields)
        assert answer.status_code == 201, answer.text
        return dict(answer.json)

    def passkeys(self) -> list[dict[str, Any]]:
        return list(self.ask("GET", "/profiles/me/passkeys").json["items"])

    def prompt(self) -> dict[str, Any]:
        return options_of(self.browser.ask("POST", "/auth/passkey/start", json={}))

    def show(self, credential: dict[str, Any] | None = None) -> Any:
        body = {"credential": credential or self.device.get(self.prompt())}
        return self.browser.ask("POST", "/auth/passkey/finish", json=body)

    def log_in(self) -> dict[str, Any]:
        body = {"login": self.name, "password": PASSWORD}
        return dict(self.browser.ask("POST", "/auth/login", json=body).json)

    def half_prompt(self, mfa_token: str) -> dict[str, Any]:
        body = {"mfaToken": mfa_token}
        return options_of(self.browser.ask("POST", "/auth/login/passkey/start", json=body))

    def finish(self, mfa_token: str, credential: dict[str, Any]) -> Any:
        body = {"mfaToken": mfa_token, "credential": credential}
        return self.browser.ask("POST", "/auth/login/passkey/finish", json=body)

    def proof_prompt(self) -> dict[str, Any]:
        return options_of(self.ask("POST", "/auth/reauthenticate/passkey/start"))

    def prove(self, credential: dict[str, Any]) -> Any:
        body = {"credential": credential}
        return self.ask("POST", "/auth/reauthenticate/passkey/finish", json=body)


def options_of(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json["publicKey"])


def refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, problem_code(answer)) == (status, code)


@pytest.fixture(scope="module")
def browser(lasting_browser: Browser) -> Browser:
    """One Stonks for all tests that do not count."""
    return lasting_browser


@pytest.fixture
def somebody(browser: Browser) -> Callable[[], Owner]:
    return lambda: Owner(browser, browser.sign_up(f"owner{next(numbers)}"))


@pytest.fixture
def owner(somebody: Callable[[], Owner]) -> Owner:
    return somebody()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def own(memory_container: Container, app: Flask, clock: MovableClock) -> Owner:
    """Somebody on a Stonks of this test's own, with real limits and a clock to move."""
    memory_container.now.override(providers.Object(clock))
    browser = browser_of(memory_container, app)
    return Owner(browser, browser.sign_up("mara"))


def mails(owner: Owner) -> list[tuple[MailKind, str]]:
    """What this person was told by mail, in order."""
    tables = owner.browser.container.mail_tables()
    to = f"{owner.name}@example.org"
    return [
        (mail.kind, mail.values.get("name", "")) for mail in sent_or_not(tables) if mail.to == to
    ]


def sent_or_not(tables: Any) -> list[Any]:
    return [getattr(row, "mail", row) for row in tables.outgoing.where(lambda row: True)]


# --- adding one


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_a_passkey_is_added_and_signs_in(owner: Owner, algorithm: int) -> None:
    owner.device.algorithm = algorithm
    added = owner.has(name=" My phone ")
    assert added == owner.passkeys()[0]
    assert set(added) == set(examples.PASSKEY)
    assert (added["name"], added["backedUp"], added["secondFactor"]) == ("My phone", True, False)
    assert added["transports"] == ["hybrid", "internal"]
    assert added["usedAt"] is None
    entered = owner.show()
    assert entered.status_code == 200, entered.text
    assert set(entered.json) == {"profile", "accessToken", "refreshToken", "expiresIn"}
    assert entered.json["profile"]["username"] == owner.name
    assert owner.passkeys()[0]["usedAt"] is not None


def test_what_authenticators_add_of_themselves_is_no_hindrance(owner: Owner) -> None:
    owner.device.extensions = {"credProtect": 2}  # as browsers ask of security keys
    owner.has()
    owner.device.extensions = {"uvm": [[2, 4, 2]]}
    owner.device.client = {"other_keys_can_be_added_here": "do not compare", "crossOrigin": False}
    assert owner.show().status_code == 200


def test_browsers_are_asked_for_what_they_can_make(owner: Owner) -> None:
    options = owner.creation()
    assert set(options) == set(examples.CREATION["publicKey"])
    assert options["rp"] == {"id": "localhost", "name": "Stonks"}
    assert (options["user"]["name"], options["attestation"]) == (owner.name, "none")
    assert len(raw(options["challenge"])) == 32
    assert options["excludeCredentials"] == []
    assert owner.creation()["challenge"] != options["challenge"]


def test_the_handle_tells_nothing_and_stays(owner: Owner, somebody: Callable[[], Owner]) -> None:
    handle = owner.creation()["user"]["id"]
    assert owner.creation()["user"]["id"] == handle
    assert len(raw(handle)) == 32
    profile = owner.ask("GET", "/profiles/me").json
    assert profile["id"].replace("-", "") not in raw(handle).hex()
    assert somebody().creation()["user"]["id"] != handle


def test_what_somebody_has_is_not_asked_for_again(owner: Owner) -> None:
    owner.has()
    excluded = owner.creation()["excludeCredentials"]
    assert [one["id"] for one in excluded] == [text(owner.device.credentials[0].id)]


def test_a_passkey_without_a_name_has_one(owner: Owner) -> None:
    assert owner.has()["name"] == "Passkey"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\nb", "x\u202ey"])
def test_a_bad_name_is_refused_and_uses_nothing_up(owner: Owner, name: str) -> None:
    credential = owner.device.create(owner.creation())
    assert owner.add(credential, name=name).status_code == 422
    assert owner.add(credential, name="good").status_code == 201


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"origin": "https://evil.example"}, "passkey_refused"),
        ({"origin": "http://localhost:8001"}, "passkey_refused"),
        ({"origin": "https://localhost:8000"}, "passkey_refused"),
        ({"origin": "http://sub.localhost:8000"}, "passkey_refused"),
        ({"origin": "http://localhost:8000.evil.example"}, "passkey_refused"),
        ({"rp_id": "evil.example"}, "passkey_refused"),
        ({"challenge": b"x" * 32}, "ceremony_over"),
        ({"challenge": b""}, "ceremony_over"),
        ({"type": "webauthn.get"}, "passkey_refused"),
        ({"type": "payment.get"}, "passkey_refused"),
        ({"is_present": False}, "passkey_refused"),
        ({"client": {"crossOrigin": True}}, "passkey_refused"),
        ({"client": {"crossOrigin": "false"}}, "passkey_refused"),
        ({"client": {"topOrigin": "https://evil.example"}}, "passkey_refused"),
        ({"is_eligible": False, "is_backed_up": True}, "passkey_refused"),
        ({"format": "fido-u2f"}, "passkey_refused"),
        ({"format": "tpm"}, "passkey_refused"),
        ({"format": "made-up"}, "passkey_refused"),
    ],
)
def test_registration_from_elsewhere_or_for_something_else_is_refused(
    owner: Owner, change: dict[str, Any], code: str
) -> None:
    for name, value in change.items():
        setattr(owner.device, name, value)
    refused(owner.add(), 422, code)
    assert owner.passkeys() == []


def test_a_key_may_vouch_for_itself(owner: Owner) -> None:
    owner.device.format = "packed"
    assert owner.add().status_code == 201


def test_an_attestation_that_names_a_make_is_not_wanted(owner: Owner) -> None:
    owner.device.format = "packed"
    credential = altered_attestation(
        owner.device.create(owner.creation()),
        lambda it: it["attStmt"].update(x5c=[b"a certificate"]),
    )
    refused(owner.add(credential), 422, "passkey_refused")


def altered_attestation(
    credential: dict[str, Any], alter: Callable[[dict[str, Any]], object]
) -> dict[str, Any]:
    attestation = cbor2.loads(raw(credential["response"]["attestationObject"]))
    alter(attestation)
    credential["response"]["attestationObject"] = text(cbor2.dumps(attestation))
    return credential


def with_key(key: object) -> Callable[[dict[str, Any]], None]:
    """Put another public key in place of the one that was made."""

    def alter(attestation: dict[str, Any]) -> None:
        attestation["authData"] = attestation["authData"][: 37 + 16 + 2 + 32] + cbor2.dumps(key)

    return alter


@pytest.mark.parametrize(
    "key",
    [
        {1: 2, 3: ES256, -1: 1, -2: bytes(32), -3: bytes(32)},  # not on the curve
        {1: 2, 3: ES256, -1: 2, -2: b"\x01" * 48, -3: b"\x01" * 48},
        {1: 2, 3: EDDSA, -1: 6, -2: b"\x01" * 32, -3: b"\x01" * 32},
        {1: 3, 3: RS256, -1: b"\xff" * 64, -2: b"\x01\x00\x01"},  # far too short
        {1: 3, 3: RS256, -1: b"\xff" * 256, -2: b"\x01"},
        {1: 3, 3: ES256, -1: b"\xff" * 256, -2: b"\x01\x00\x01"},
        {1: 1, 3: -35, -1: 6, -2: b"\x01" * 32},
        {1: 4, 3: 5, -1: b"a symmetric key"},
        {},
        4,
        "key",
    ],
)
def test_a_bad_or_weak_public_key_is_refused(owner: Owner, key: object) -> None:
    credential = altered_attestation(owner.device.create(owner.creation()), with_key(key))
    assert owner.add(credential).status_code == 422
    assert owner.passkeys() == []


def test_a_registration_challenge_works_once(owner: Owner) -> None:
    credential = owner.device.create(owner.creation())
    assert owner.add(credential).status_code == 201
    refused(owner.add(credential), 422, "ceremony_over")
    assert len(owner.passkeys()) == 1


def test_a_registration_challenge_is_used_up_by_a_failure(owner: Owner) -> None:
    options = owner.creation()
    owner.device.is_present = False
    refused(owner.add(owner.device.create(options)), 422, "passkey_refused")
    owner.device.is_present = True
    refused(owner.add(owner.device.create(options)), 422, "ceremony_over")


def test_the_registration_challenge_of_another_person_or_session_is_refused(
    owner: Owner, somebody: Callable[[], Owner]
) -> None:
    other = somebody()
    refused(owner.add(owner.device.create(other.creation())), 422, "ceremony_over")
    options = owner.creation()
    owner.browser.tokens[owner.name] = owner.log_in()["accessToken"]
    refused(owner.add(owner.device.create(options)), 422, "ceremony_over")


def test_a_challenge_to_sign_in_adds_no_passkey_and_the_reverse(owner: Owner) -> None:
    made = owner.creation() | {"challenge": owner.prompt()["challenge"]}
    refused(owner.add(owner.device.create(made)), 422, "ceremony_over")
    owner.has()
    options = owner.prompt() | {"challenge": owner.creation()["challenge"]}
    refused(owner.show(owner.device.get(options)), 401, "ceremony_over")


def test_a_credential_that_somebody_else_has_is_refused(
    owner: Owner, somebody: Callable[[], Owner]
) -> None:
    owner.has()
    other = somebody()
    credential = other.device.create(other.creation())
    stolen = owner.device.credentials[0].id
    made = other.device.credentials[0].id

    def rename(attestation: dict[str, Any]) -> None:
        attestation["authData"] = attestation["authData"].replace(made, stolen)

    credential = altered_attestation(credential, rename)
    credential["id"] = credential["rawId"] = text(stolen)
    refused(other.add(credential), 409, "passkey_taken")
    assert owner.show().status_code == 200


def test_an_id_that_is_not_the_credentials_own_is_refused(owner: Owner) -> None:
    credential = owner.device.create(owner.creation())
    credential["id"] = credential["rawId"] = text(b"y" * 32)
    refused(owner.add(credential), 422, "passkey_refused")


def test_nobody_adds_more_than_twenty(owner: Owner) -> None:
    for _ in range(20):
        owner.has()
    refused(owner.ask("POST", "/profiles/me/passkeys/start"), 409, "too_many_passkeys")


def test_a_challenge_does_not_outlive_its_five_minutes(own: Owner, clock: MovableClock) -> None:
    credential = own.device.create(own.creation())
    clock.pass_(seconds=300)
    refused(own.add(credential), 422, "ceremony_over")


# --- keeping them


def test_passkeys_belong_to_their_owner_alone(owner: Owner, somebody: Callable[[], Owner]) -> None:
    address = f"/profiles/me/passkeys/{owner.has()['id']}"
    other = somebody()
    assert other.passkeys() == []
    refused(other.ask("PATCH", address, json={"name": "mine"}), 404, "unknown_passkey")
    refused(other.ask("DELETE", address), 404, "unknown_passkey")
    assert owner.passkeys()[0]["name"] == "Passkey"


def test_a_passkey_is_renamed(owner: Owner) -> None:
    address = f"/profiles/me/passkeys/{owner.has()['id']}"
    changed = owner.ask("PATCH", address, json={"name": "Key ring"})
    assert (changed.status_code, changed.json["name"]) == (200, "Key ring")
    assert owner.passkeys() == [changed.json]
    assert owner.ask("PATCH", address, json={"name": ""}).status_code == 422
    assert owner.ask("PATCH", address, json={"publicKey": "x"}).status_code == 422
    assert owner.ask("PATCH", address, json={"secondFactor": "yes"}).status_code == 422
    assert owner.ask("PATCH", address, json={}).json == changed.json


def test_a_removed_passkey_signs_in_no_more(owner: Owner) -> None:
    address = f"/profiles/me/passkeys/{owner.has()['id']}"
    before = owner.device.get(owner.prompt())
    assert owner.ask("DELETE", address).status_code == 204
    refused(owner.show(before), 401, "passkey_refused")
    refused(owner.show(), 401, "passkey_refused")
    refused(owner.ask("DELETE", address), 404, "unknown_passkey")


def test_the_last_way_in_is_not_removed(owner: Owner) -> None:
    first = owner.has()
    container = owner.browser.container
    profile = container.read_public_profile()(username=owner.name).profile
    container.identity_tables().passwords.remove(profile.id)
    refused(owner.ask("DELETE", f"/profiles/me/passkeys/{first['id']}"), 409, "last_way_in")
    second = owner.has()
    assert owner.ask("DELETE", f"/profiles/me/passkeys/{first['id']}").status_code == 204
    refused(owner.ask("DELETE", f"/profiles/me/passkeys/{second['id']}"), 409, "last_way_in")


def test_changes_of_passkeys_need_fresh_proof(own: Owner, clock: MovableClock) -> None:
    address = f"/profiles/me/passkeys/{own.has()['id']}"
    clock.pass_(seconds=301)
    code = "fresh_proof_required"
    refused(own.ask("POST", "/profiles/me/passkeys/start"), 403, code)
    refused(own.ask("DELETE", address), 403, code)
    refused(own.ask("PATCH", address, json={"secondFactor": True}), 403, code)
    assert own.ask("PATCH", address, json={"name": "Key ring"}).status_code == 200


def test_every_change_ends_the_other_sessions_and_tells_by_mail(owner: Owner) -> None:
    def elsewhere() -> Callable[[], int]:
        token = owner.log_in()["accessToken"]
        headers = {"Authorization": f"Bearer {token}"}
        return lambda: owner.browser.ask("GET", "/profiles/me", headers=headers).status_code

    other = elsewhere()
    assert other() == 200
    address = f"/profiles/me/passkeys/{owner.has(name='Phone')['id']}"
    assert other() == 401
    other = elsewhere()
    assert owner.ask("PATCH", address, json={"name": "Ring"}).status_code == 200
    assert other() == 200
    assert owner.ask("PATCH", address, json={"secondFactor": True}).status_code == 200
    assert other() == 401
    assert owner.ask("PATCH", address, json={"secondFactor": False}).status_code == 200
    other = elsewhere()
    assert owner.ask("DELETE", address).status_code == 204
    assert other() == 401
    assert owner.ask("GET", "/profiles/me").status_code == 200
    told = [mail for mail in mails(owner) if "factor" in mail[0] or "passkey" in mail[0]]
    assert told == [
        (MailKind.PASSKEY_ADDED, "Phone"),
        (MailKind.SECOND_FACTOR_ADDED, "Ring"),
        (MailKind.SECOND_FACTOR_REMOVED, "Ring"),
        (MailKind.PASSKEY_REMOVED, "Ring"),
    ]


def test_a_change_closes_what_is_open_elsewhere(cases: IdentityCases) -> None:
    passkeys = PasskeyCases(cases)
    profile, here, passkey = passkeys.owner()
    who = {"actor": profile.id, "session_id": here.session_id, "passkey_id": passkey.id}

    def elsewhere() -> list[SessionId]:
        cases.ended.clear()
        _, there = cases.log_in(login="mara", password=PASSWORD, **HOME)
        assert isinstance(there, Grant)
        return [there.session_id]

    there = elsewhere()
    second = passkeys.add(**passkeys.created(profile, here))
    assert cases.ended == there
    there = elsewhere()
    passkeys.change(**who, second_factor=True)
    assert cases.ended == there
    passkeys.change(**who, second_factor=False)
    there = elsewhere()
    passkeys.change(**who | {"passkey_id": second.id}, name="Ring")
    assert cases.ended == []
    passkeys.remove(**who)
    assert cases.ended == there


# --- signing in


def test_anybody_is_asked_without_a_name(owner: Owner) -> None:
    owner.has()
    options = owner.prompt()
    assert set(options) == set(examples.PROMPT["publicKey"])
    assert options["allowCredentials"] == []
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"origin": "https://evil.example"}, "passkey_refused"),
        ({"origin": "http://localhost:8001"}, "passkey_refused"),
        ({"origin": ""}, "passkey_refused"),
        ({"rp_id": "evil.example"}, "passkey_refused"),
        ({"challenge": b"x" * 32}, "ceremony_over"),
        ({"type": "webauthn.create"}, "passkey_refused"),
        ({"is_present": False}, "passkey_refused"),
        ({"is_verified": False}, "verification_required"),
        ({"client": {"crossOrigin": True}}, "passkey_refused"),
        ({"client": {"topOrigin": "https://evil.example"}}, "passkey_refused"),
        ({"is_eligible": False, "is_backed_up": False}, "passkey_refused"),
        ({"handle": b"somebody else's handle"}, "passkey_refused"),
        ({"handle": b""}, "passkey_refused"),
    ],
)
def test_an_assertion_from_elsewhere_or_for_something_else_is_refused(
    owner: Owner, change: dict[str, Any], code: str
) -> None:
    owner.has()
    for name, value in change.items():
        setattr(owner.device, name, value)
    refused(owner.show(), 401, code)
    assert owner.passkeys()[0]["usedAt"] is None


def test_a_challenge_to_sign_in_works_once(owner: Owner) -> None:
    owner.has()
    credential = owner.device.get(owner.prompt())
    assert owner.show(credential).status_code == 200
    refused(owner.show(credential), 401, "ceremony_over")


def test_a_challenge_to_sign_in_is_used_up_by_a_failure(owner: Owner) -> None:
    owner.has()
    options = owner.prompt()
    owner.device.is_verified = False
    refused(owner.show(owner.device.get(options)), 401, "verification_required")
    owner.device.is_verified = True
    refused(owner.show(owner.device.get(options)), 401, "ceremony_over")


def test_a_challenge_to_sign_in_does_not_outlive_its_five_minutes(
    own: Owner, clock: MovableClock
) -> None:
    own.has()
    credential = own.device.get(own.prompt())
    clock.pass_(seconds=300)
    refused(own.show(credential), 401, "ceremony_over")


def test_a_bad_signature_is_refused(owner: Owner) -> None:
    owner.has()
    credential = owner.device.get(owner.prompt())
    credential["response"]["signature"] = text(b"\x30\x06\x02\x01\x01\x02\x01\x01")
    refused(owner.show(credential), 401, "passkey_refused")


def test_the_signature_of_another_key_is_refused(
    owner: Owner, somebody: Callable[[], Owner]
) -> None:
    owner.has()
    thief = somebody()
    thief.has()
    thief.device.handle = owner.device.credentials[0].handle
    credential = thief.device.get(thief.prompt())
    credential["id"] = credential["rawId"] = text(owner.device.credentials[0].id)
    refused(thief.show(credential), 401, "passkey_refused")


def test_a_passkey_does_not_enter_as_whoever_its_handle_names(
    owner: Owner, somebody: Callable[[], Owner]
) -> None:
    owner.has()
    thief = somebody()
    thief.has()
    thief.device.handle = owner.device.credentials[0].handle
    refused(thief.show(), 401, "passkey_refused")


def test_who_does_not_say_whose_passkey_it_is_does_not_enter_without_a_name(owner: Owner) -> None:
    owner.has()
    credential = owner.device.get(owner.prompt())
    del credential["response"]["userHandle"]
    refused(owner.show(credential), 401, "passkey_refused")


def flip(value: str, at: int) -> str:
    changed = bytearray(raw(value))
    changed[at] ^= 0x01
    return text(bytes(changed))


@pytest.mark.parametrize("at", [0, 31, 32, 33, 36])
def test_tampered_authenticator_data_is_refused(owner: Owner, at: int) -> None:
    owner.has()
    credential = owner.device.get(owner.prompt())
    response = credential["response"]
    response["authenticatorData"] = flip(response["authenticatorData"], at)
    refused(owner.show(credential), 401, "passkey_refused")


def test_verification_cannot_be_claimed_after_signing(owner: Owner) -> None:
    owner.has()
    owner.device.is_verified = False
    credential = owner.device.get(owner.prompt())
    data = bytearray(raw(credential["response"]["authenticatorData"]))
    data[32] |= 0x04
    credential["response"]["authenticatorData"] = text(bytes(data))
    refused(owner.show(credential), 401, "passkey_refused")


def test_tampered_client_data_is_refused(owner: Owner) -> None:
    owner.has()
    credential = owner.device.get(owner.prompt())
    said = json.loads(raw(credential["response"]["clientDataJSON"]))
    credential["response"]["clientDataJSON"] = text(json.dumps(said | {"more": 1}).encode())
    refused(owner.show(credential), 401, "passkey_refused")


def test_an_unknown_passkey_is_refused_like_a_wrong_one(owner: Owner) -> None:
    owner.device.create(owner.creation())
    unknown = owner.show()
    owner.has()
    owner.device.origin = "https://evil.example"
    assert unknown.data == owner.show().data
    refused(unknown, 401, "passkey_refused")


def test_a_counter_that_goes_back_is_refused_and_its_owner_told(owner: Owner) -> None:
    owner.has(name="Ring")
    assert owner.show().status_code == 200
    for step in (0, -1):  # the same again, as a copy would, and one before
        owner.device.counts = step
        refused(owner.show(), 401, "passkey_refused")
    assert [mail for mail in mails(owner) if mail[0] is MailKind.PASSKEY_COPIED] == [
        (MailKind.PASSKEY_COPIED, "Ring")
    ] * 2
    owner.device.counts = 5
    assert owner.show().status_code == 200


def test_a_passkey_that_does_not_count_goes_on_working(owner: Owner) -> None:
    owner.device.counts = 0
    owner.has()
    for _ in range(3):
        assert owner.show().status_code == 200


def test_who_left_does_not_enter_by_passkey(owner: Owner) -> None:
    owner.has()
    credential = owner.device.get(owner.prompt())
    assert owner.ask("DELETE", "/profiles/me").status_code in (200, 202, 204)
    refused(owner.show(credential), 401, "passkey_refused")
    refused(owner.show(), 401, "passkey_refused")


def test_a_verified_passkey_is_two_factors_by_itself(owner: Owner) -> None:
    owner.has(secondFactor=True)
    assert owner.log_in()["mfaRequired"] is True
    assert "accessToken" in owner.show().json


# --- as a second factor


def test_a_passkey_does_not_stand_in_the_way_of_a_password_unless_it_is_told_to(
    owner: Owner,
) -> None:
    address = f"/profiles/me/passkeys/{owner.has()['id']}"
    assert "accessToken" in owner.log_in()
    owner.ask("PATCH", address, json={"secondFactor": True})
    half = owner.log_in()
    assert half["mfaRequired"] is True
    assert half["ways"] == ["passkey"]
    assert "accessToken" not in half


@pytest.mark.parametrize("ending", ["removed", "none any more"])
def test_recovery_codes_end_with_the_last_second_factor(owner: Owner, ending: str) -> None:
    address = f"/profiles/me/passkeys/{owner.has(secondFactor=True)['id']}"
    made = owner.ask("POST", "/profiles/me/2fa/recovery-codes")
    assert len(made.json["recoveryCodes"]) == 10
    if ending == "removed":
        assert owner.ask("DELETE", address).status_code == 204
    else:
        assert owner.ask("PATCH", address, json={"secondFactor": False}).status_code == 200
    factors = owner.ask("GET", "/profiles/me/2fa").json
    assert factors["recoveryCodesLeft"] == 0


def test_an_operator_helps_who_lost_everything(owner: Owner) -> None:
    owner.has(secondFactor=True)
    owner.ask("POST", "/profiles/me/2fa/recovery-codes")
    reset = owner.browser.container.reset_second_factors()
    assert reset(username=owner.name.upper(), by="operator")
    assert owner.ask("GET", "/profiles/me").status_code == 401
    assert mails(owner)[-1][0] is MailKind.SECOND_FACTOR_REMOVED
    assert "accessToken" in owner.log_in()
    refused(owner.show(), 401, "passkey_refused")
    assert not reset(username=owner.name, by="operator")


def test_a_login_is_finished_by_a_touch(owner: Owner) -> None:
    owner.has(secondFactor=True)
    half = owner.log_in()
    options = owner.half_prompt(half["mfaToken"])
    assert [raw(one["id"]) for one in options["allowCredentials"]] == [
        owner.device.credentials[0].id
    ]
    assert options["userVerification"] == "preferred"
    owner.device.is_verified = False
    credential = owner.device.get(options)
    credential["response"]["userHandle"] = ""  # as some answer that store nothing
    entered = owner.finish(half["mfaToken"], credential)
    assert entered.status_code == 200, entered.text
    assert entered.json["profile"]["username"] == owner.name
    refused(owner.finish(half["mfaToken"], credential), 401, "ceremony_over")


def test_a_half_signed_in_token_is_finished_once(owner: Owner) -> None:
    owner.has(secondFactor=True)
    token = owner.log_in()["mfaToken"]
    first, second = (owner.device.get(owner.half_prompt(token)) for _ in range(2))
    assert owner.finish(token, first).status_code == 200
    refused(owner.finish(token, second), 401, "mfa_token_invalid")


def test_a_failed_second_factor_may_be_tried_again(owner: Owner) -> None:
    owner.has(secondFactor=True)
    token = owner.log_in()["mfaToken"]
    owner.device.origin = "https://evil.example"
    failed = owner.finish(token, owner.device.get(owner.half_prompt(token)))
    refused(failed, 401, "passkey_refused")
    owner.device.origin = ORIGIN
    assert owner.finish(token, owner.device.get(owner.half_prompt(token))).status_code == 200


def test_the_passkey_of_another_person_finishes_no_login(
    owner: Owner, somebody: Callable[[], Owner]
) -> None:
    owner.has(secondFactor=True)
    thief = somebody()
    thief.has(secondFactor=True)
    token = owner.log_in()["mfaToken"]
    options = owner.half_prompt(token) | {"allowCredentials": []}
    refused(owner.finish(token, thief.device.get(options)), 401, "passkey_refused")
    other = thief.log_in()["mfaToken"]
    answer = thief.device.get(thief.half_prompt(other))
    refused(owner.finish(token, answer), 401, "ceremony_over")


def test_a_passkey_that_is_no_second_factor_finishes_no_login(owner: Owner) -> None:
    owner.has(secondFactor=True)
    plain = owner.device
    owner.device = Authenticator()
    owner.has()
    owner.device, other = plain, owner.device
    token = owner.log_in()["mfaToken"]
    options = owner.half_prompt(token) | {"allowCredentials": []}
    refused(owner.finish(token, other.get(options)), 401, "passkey_refused")


def test_the_challenge_of_a_second_factor_signs_nobody_in_and_the_reverse(owner: Owner) -> None:
    owner.has(secondFactor=True)
    token = owner.log_in()["mfaToken"]
    refused(owner.show(owner.device.get(owner.half_prompt(token))), 401, "ceremony_over")
    refused(owner.finish(token, owner.device.get(owner.prompt())), 401, "ceremony_over")


def test_an_unknown_half_signed_in_token_starts_nothing(owner: Owner) -> None:
    owner.has(secondFactor=True)
    for token in ("", "unknown", "x" * 10_000, owner.browser.tokens[owner.name]):
        answer = owner.browser.ask("POST", "/auth/login/passkey/start", json={"mfaToken": token})
        refused(answer, 401, "mfa_token_invalid")


def test_a_second_factor_that_is_gone_meanwhile_finishes_nothing(owner: Owner) -> None:
    address = f"/profiles/me/passkeys/{owner.has(secondFactor=True)['id']}"
    token = owner.log_in()["mfaToken"]
    credential = owner.device.get(owner.half_prompt(token))
    assert owner.ask("DELETE", address).status_code == 204
    assert owner.finish(token, credential).status_code == 401


# --- as fresh proof


def test_a_passkey_proves_again_who_one_is(own: Owner, clock: MovableClock) -> None:
    own.has()
    clock.pass_(seconds=301)
    refused(own.ask("POST", "/profiles/me/passkeys/start"), 403, "fresh_proof_required")
    assert own.prove(own.device.get(own.proof_prompt())).status_code == 204
    assert own.ask("POST", "/profiles/me/passkeys/start").status_code == 200


def test_fresh_proof_needs_ones_own_verified_passkey_and_challenge(
    own: Owner, clock: MovableClock
) -> None:
    own.has()
    bruno = Owner(own.browser, own.browser.sign_up("bruno"))
    refused(bruno.ask("POST", "/auth/reauthenticate/passkey/start"), 409, "no_passkeys")
    bruno.has()
    clock.pass_(seconds=301)
    anybodys = own.proof_prompt() | {"allowCredentials": []}
    refused(own.prove(bruno.device.get(anybodys)), 403, "passkey_refused")
    refused(
        own.prove(own.device.get(bruno.proof_prompt() | {"allowCredentials": []})),
        403,
        "ceremony_over",
    )
    refused(own.prove(own.device.get(own.prompt())), 403, "ceremony_over")
    own.device.is_verified = False
    refused(own.prove(own.device.get(own.proof_prompt())), 403, "verification_required")
    refused(own.ask("POST", "/profiles/me/passkeys/start"), 403, "fresh_proof_required")


def test_a_second_factor_proves_by_a_touch_who_one_is(own: Owner, clock: MovableClock) -> None:
    own.has(secondFactor=True)
    clock.pass_(seconds=301)
    own.device.is_verified = False
    assert own.prove(own.device.get(own.proof_prompt())).status_code == 204
    assert own.ask("POST", "/profiles/me/passkeys/start").status_code == 200


def test_proof_given_in_one_session_is_none_in_another(own: Owner, clock: MovableClock) -> None:
    own.has()
    options = own.proof_prompt()
    own.browser.tokens[own.name] = own.log_in()["accessToken"]
    clock.pass_(seconds=301)
    refused(own.prove(own.device.get(options)), 403, "ceremony_over")
    refused(own.ask("POST", "/profiles/me/passkeys/start"), 403, "fresh_proof_required")


# --- limits, logs, and whom passkeys are for


@pytest.mark.parametrize("limit", [SHOWN_BY_ADDRESS, SHOWN_BY_ACCOUNT])
def test_passkeys_that_are_shown_are_counted_by_address_and_account(
    own: Owner, limit: Limit
) -> None:
    own.has()
    profile = own.browser.container.read_public_profile()(username=own.name).profile
    by = {SHOWN_BY_ADDRESS: "127.0.0.1", SHOWN_BY_ACCOUNT: str(profile.id)}
    with suppress(Limited):
        while True:
            own.browser.container.throttle()(limit, by[limit])
    limited = own.show()
    refused(limited, 429, "too_many_attempts")
    assert limited.headers["RateLimit"].startswith(f'"{limit.name}"')


def test_challenges_are_counted_by_address(own: Owner) -> None:
    answers = [own.browser.ask("POST", "/auth/passkey/start").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    policy = own.browser.ask("POST", "/auth/passkey/start").headers["RateLimit-Policy"]
    assert policy == '"passkeys-asked-by-address";q=60;w=300'


def test_no_challenge_is_kept_or_logged_as_it_is(
    own: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    own.has(secondFactor=True)
    token = own.log_in()["mfaToken"]
    options = own.half_prompt(token)
    assert own.finish(token, own.device.get(options)).status_code == 200
    options = own.prompt()
    kept = repr(own.browser.container.identity_tables())
    shown = json.dumps(capsys.readouterr())
    for secret in (options["challenge"], token):
        assert secret not in kept + shown
        assert repr(raw(options["challenge"])) not in kept


@pytest.mark.parametrize("path", ["/auth/passkey/start", "/auth/passkey/finish"])
def test_nobody_tries_passkeys_where_tries_cannot_be_counted(own: Owner, path: str) -> None:
    def away(limit: Limit, *key: str) -> None:
        raise Unavailable("limits_unavailable", "try again in a moment")

    own.has()
    credential = own.device.get(own.prompt())
    own.browser.container.throttle.override(providers.Object(away))
    for provider in ("ask_for_passkey", "check_passkey", "sign_in_with_passkey"):
        getattr(own.browser.container, provider).reset()
    answer = own.browser.ask("POST", path, json={"credential": credential})
    refused(answer, 503, "limits_unavailable")


def test_challenges_that_nobody_answered_are_forgotten(own: Owner, clock: MovableClock) -> None:
    own.creation()
    own.prompt()
    box = own.browser.container
    chore = box.purging_ceremonies()
    assert not chore.do()
    tables = box.identity_tables().passkeys
    assert len(tables.ceremonies.rows) == 2
    clock.pass_(seconds=300)
    assert not chore.do()
    assert len(tables.ceremonies.rows) == 0


@pytest.mark.parametrize(
    ("public", "allowed", "id_", "origins"),
    [
        ("http://localhost:8000", (), "localhost", ["http://localhost:8000"]),
        ("https://Stonks.Example:443", (), "stonks.example", ["https://stonks.example"]),
        (
            "https://stonks.example",
            (
                *("https://app.stonks.example", "https://evilstonks.example"),
                *("https://stonks.example.evil.org", "https://stonks.example:8443"),
                "https://example",
            ),
            "stonks.example",
            [
                "https://stonks.example",
                "https://app.stonks.example",
                "https://stonks.example:8443",
            ],
        ),
    ],
)
def test_passkeys_are_for_the_public_address_and_what_lies_below(
    public: str, allowed: tuple[str, ...], id_: str, origins: list[str]
) -> None:
    party = relying_party(public, allowed)
    assert (party.id, list(party.origins)) == (id_, origins)


def test_a_page_below_the_public_address_may_be_allowed(memory_settings: Settings) -> None:
    app = "http://app.localhost:9000"
    settings = replace(memory_settings, allowed_origins=(app,))
    browser = browser_of(Container(settings=settings))
    owner = Owner(browser, browser.sign_up("mara"), Authenticator(origin=app))
    owner.has()
    assert owner.show().status_code == 200
