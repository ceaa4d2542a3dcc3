"""Whatever a device may say, it is refused and nothing breaks."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import cbor2
import pytest
from dependency_injector import providers
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stonks.adapters.limits import LimitedThrottle, memory_windows
from stonks.adapters.passkeys import LibraryWebAuthn, relying_party
from stonks.application.identity.passkeys.ports import Creation, Prompt
from stonks.domain.errors import Invalid
from stonks.entrypoints.container import Container
from stonks.entrypoints.http.identity.passkeys.options import creation_json, prompt_json
from tests.authenticator import ORIGIN, Authenticator, cose, raw, text
from tests.contracts.http import browser_of

CHALLENGE = b"c" * 32
PARTY = relying_party(ORIGIN, ())
WEBAUTHN = LibraryWebAuthn(PARTY)
DEVICE = Authenticator()
MADE = DEVICE.create(creation_json(Creation(CHALLENGE, b"h" * 32, "mara", "Mara", ()), PARTY))
SHOWN = DEVICE.get(prompt_json(Prompt(CHALLENGE, (), True), PARTY))
KEY = cbor2.dumps(cose(DEVICE.credentials[0].private))
PLACES = [
    *(("id",), ("rawId",), ("type",), ("response",), ("authenticatorAttachment",)),
    *(("response", name) for name in ("clientDataJSON", "attestationObject", "transports")),
    *(("response", name) for name in ("authenticatorData", "signature", "userHandle")),
]
MANY = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FEW = settings(MANY, max_examples=MANY.max_examples // 2)

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
anything = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)
in_cbor = st.recursive(
    st.none() | st.integers() | st.binary(max_size=40) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([1, 3, -1, -2, -3, "fmt", "attStmt", "authData"]), inner)
    ),
    max_leaves=6,
)


def bytes_in_place_of(value: str) -> st.SearchStrategy[str]:
    """Cut off, flipped, repeated, or other bytes altogether."""
    old = raw(value)
    cut = st.integers(0, len(old)).map(lambda end: old[:end])
    flipped = st.tuples(st.integers(0, len(old) - 1), st.integers(1, 255)).map(
        lambda at: bytes(byte ^ (at[1] if i == at[0] else 0) for i, byte in enumerate(old))
    )
    more = st.binary(min_size=1, max_size=80).map(lambda tail: old + tail)
    return (cut | flipped | more | st.binary() | in_cbor.map(cbor2.dumps)).map(text)


@st.composite
def mutated(draw: st.DrawFn, credential: Mapping[str, Any]) -> dict[str, Any]:
    """One place of a good credential changed, or gone."""
    changed = deepcopy(dict(credential))
    *way, name = draw(st.sampled_from(PLACES))
    within = changed["response"] if way else changed
    if name not in within or draw(st.integers(0, 9)) == 0:
        within.pop(name, None)
        return changed
    value = within[name]
    choices = [anything]
    if isinstance(value, str) and name not in ("type", "authenticatorAttachment"):
        choices += [bytes_in_place_of(value)] * 5
    within[name] = draw(st.one_of(choices))
    return changed


def only_invalid(call: Any, *arguments: Any) -> None:
    assert code_of(call, *arguments) in (None, "passkey_malformed", "passkey_refused")


def code_of(call: Any, *arguments: Any) -> str | None:
    try:
        call(*arguments)
    except Invalid as refusal:
        return refusal.code
    return None


@MANY
@given(credential=mutated(MADE) | st.dictionaries(st.text(max_size=8), anything))
def test_a_mutated_registration_is_refused_and_breaks_nothing(credential: dict[str, Any]) -> None:
    only_invalid(WEBAUTHN.shown, credential)
    only_invalid(WEBAUTHN.made, credential, CHALLENGE)


@MANY
@given(credential=mutated(SHOWN) | st.dictionaries(st.text(max_size=8), anything))
def test_a_mutated_assertion_is_refused_and_breaks_nothing(credential: dict[str, Any]) -> None:
    only_invalid(WEBAUTHN.shown, credential)
    only_invalid(WEBAUTHN.proved, credential, CHALLENGE, KEY)


@MANY
@given(place=st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]), data=st.data())
def test_no_changed_byte_of_what_is_signed_passes(place: str, data: st.DataObject) -> None:
    credential = deepcopy(SHOWN)
    old = raw(credential["response"][place])
    at, by = data.draw(st.integers(0, len(old) - 1)), data.draw(st.integers(1, 255))
    changed = bytes(byte ^ (by if i == at else 0) for i, byte in enumerate(old))
    credential["response"][place] = text(changed)
    with pytest.raises(Invalid):
        WEBAUTHN.proved(credential, CHALLENGE, KEY)


def test_the_good_ones_are_good() -> None:
    assert WEBAUTHN.made(MADE, CHALLENGE).credential_id == DEVICE.credentials[0].id
    assert WEBAUTHN.proved(SHOWN, CHALLENGE, KEY).is_verified


@pytest.mark.parametrize(
    "value", [None, 1, True, [], {}, "", "=", "a", "ab==", "a b", "+/", "é", "A" * 30_000]
)
@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_type_or_encoding_is_refused(place: tuple[str, ...], value: object) -> None:
    for good, check in ((MADE, [CHALLENGE]), (SHOWN, [CHALLENGE, KEY])):
        credential = deepcopy(good)
        within = credential["response"] if len(place) == 2 else credential
        if place[-1] in within:
            within[place[-1]] = value
            call = WEBAUTHN.made if good is MADE else WEBAUTHN.proved
            only_invalid(WEBAUTHN.shown, credential)
            only_invalid(call, credential, *check)


def test_no_mutated_credential_breaks_a_route(app: Flask, memory_container: Container) -> None:
    wide = LimitedThrottle(memory_windows(), 1_000_000)
    memory_container.throttle.override(providers.Object(wide))
    browser = browser_of(memory_container, app)
    browser.sign_up("mara")

    @FEW
    @given(made=mutated(MADE), shown=mutated(SHOWN), any_=anything)
    def send(made: object, shown: object, any_: object) -> None:
        for credential in (made, shown, any_):
            body = {"credential": credential}
            added = browser.ask("POST", "/profiles/me/passkeys", "mara", json=body)
            assert added.status_code == 422
            entered = browser.ask("POST", "/auth/passkey/finish", json=body)
            assert entered.status_code in (401, 422)

    send()
