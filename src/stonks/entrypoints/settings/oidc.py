"""The issuers by which people may sign in: a list of names, and a few variables for each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from environs import ValidationError

from stonks.adapters.oidc.addresses import is_safe
from stonks.entrypoints.settings.kinds import Kind, text
from stonks.entrypoints.settings.setting import Setting, setting, variable
from stonks.entrypoints.settings.variables import BadSetting, Variables

NAME = "[a-z][a-z0-9]{0,19}"
TAKEN = frozenset({"email", "password", "login", "passkeys", "sessions", "tokens"})  # our own paths
KNOWN = {"google": "https://accounts.google.com"}
SCOPES = "openid email profile"


def _check_issuer(value: str) -> None:
    if not is_safe(value) or "?" in value:
        raise ValidationError("no issuer")


def _check_scopes(value: str) -> None:
    if "openid" not in value.split(" ") or not re.fullmatch(r"[!#-\[\]-~]+( [!#-\[\]-~]+)*", value):
        raise ValidationError("no scopes")


ISSUER = text("an https address, as the issuer itself writes it", _check_issuer)
REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OidcProvider:
    """One issuer; each field but its name is a ``STONKS_OIDC_<NAME>_…`` variable."""

    name: str
    issuer: str = setting(
        "", "the issuer (OpenID Connect)", ISSUER, unset=f"known for google; {REQUIRED} otherwise"
    )
    client_id: str = setting("", "as whom Stonks is registered there", text("text"), unset=REQUIRED)
    client_secret: str = setting(
        "",
        "what Stonks proves that with",
        text("text"),
        unset="Stonks is a public client",
        is_secret=True,
    )
    scopes: str = setting(
        SCOPES, "what is asked for", text("scopes separated by blanks, openid first", _check_scopes)
    )
    label: str = setting("", "what people read on the button", text("text"), unset="the name")

    def __repr__(self) -> str:
        return self.name


def _named(written: Sequence[str]) -> tuple[OidcProvider, ...]:
    names = [name.strip() for name in written]
    if len(set(names)) < len(names) or TAKEN & set(names):
        raise ValidationError("a name twice, or one that is taken")
    if not all(re.fullmatch(NAME, name) for name in names):
        raise ValidationError("no name")
    return tuple(OidcProvider(name=name) for name in names)


PROVIDERS = Kind(
    "names of letters and digits, separated by commas, such as google,acme",
    lambda env, name: _named(env.list(name)),
)


def details(name: str) -> Iterator[tuple[str, str, Setting]]:
    """Each setting of a provider: its field, what it is called beside other settings, itself."""
    for item in fields(OidcProvider):
        if "setting" in item.metadata:
            yield item.name, f"oidc_{name}_{item.name}", item.metadata["setting"]


def with_details(given: Variables, named: Sequence[OidcProvider]) -> tuple[OidcProvider, ...]:
    """The providers with what their own variables say. Raises ``BadSetting``."""
    return tuple(_detailed(given, provider.name) for provider in named)


def _detailed(given: Variables, name: str) -> OidcProvider:
    values: dict[str, Any] = {
        field_name: given.value(full, what.kind)
        for field_name, full, what in details(name)
        if given.source(full)
    }
    provider = OidcProvider(name=name, **values)
    provider = replace(
        provider,
        issuer=provider.issuer or KNOWN.get(name, ""),
        label=provider.label or name.capitalize(),
    )
    for required in ("issuer", "client_id"):
        if not getattr(provider, required):
            missing = variable(f"oidc_{name}_{required}")
            raise BadSetting(f"{missing} is required, as STONKS_OIDC_PROVIDERS names {name}")
    return provider
