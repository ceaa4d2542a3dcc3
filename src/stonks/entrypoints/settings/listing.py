"""The settings as people read them."""

from collections.abc import Iterator
from dataclasses import fields

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from stonks.entrypoints.settings.oidc import OidcProvider, details
from stonks.entrypoints.settings.reading import settled
from stonks.entrypoints.settings.setting import Setting, settings_of, variable
from stonks.entrypoints.settings.settings import Settings
from stonks.entrypoints.settings.variables import FILE, Variables

HEAD = """# Settings

Stonks reads `STONKS_…` variables from the environment and from a file `.env` in the folder where
it is started; the environment wins. Every variable may instead name a file that holds its value:
`STONKS_TOKEN_PRIVATE_KEY_FILE=/run/secrets/key`. What is set but empty counts as not set.
`stonks settings` shows the values that hold, and where each comes from.

This page is written by `stonks settings --markdown`.

| variable | what it is | takes | where it is not set |
|---|---|---|---|
"""


def markdown() -> str:
    """``docs/settings.md``."""
    rows = (
        f"| `{variable(item.name)}` | {what.about} | {what.kind.accepts} |"
        f" {_default(item.default, what)} |\n"
        for item, what in settings_of(Settings)
    )
    return HEAD + "".join([*rows, *_provider_rows()])


def _provider_rows() -> Iterator[str]:
    """What can be set about each of ``STONKS_OIDC_PROVIDERS``."""
    values = {item.name: item.default for item in fields(OidcProvider)}
    for name, full, what in details("<name>"):
        row = f"{what.about} | {what.kind.accepts} | {_default(values[name], what)}"
        yield f"| `{variable(full)}` | {row} |\n"


def _default(value: object, what: Setting) -> str:
    return what.unset or (f"`{written(value)}`" if value != () else "none")


def lines(given: Variables) -> Iterator[str]:
    """Each setting with its value and source, secrets hidden. Raises ``BadSetting``."""
    settings = settled(given)
    for item, what in settings_of(settings):
        value = _shown(getattr(settings, item.name), what)
        yield f"{variable(item.name)}={value}  ({given.source(item.name) or 'default'})"
    for provider in settings.oidc_providers:
        for name, full, what in details(provider.name):
            value = _shown(getattr(provider, name), what)
            yield f"{variable(full)}={value}  ({given.source(full) or 'default'})"


def unknown(given: Variables) -> list[str]:
    """Variables that look like settings and are none: misspellings, mostly."""
    known = {variable(item.name) for item, _ in settings_of(Settings)}
    for name in given.text("oidc_providers").split(","):
        known |= {variable(full) for _, full, _ in details(name.strip())}
    return sorted(given.named() - known - {name + FILE for name in known})


def _shown(value: object, what: Setting) -> str:
    if what.is_secret:
        return "(hidden)" if value else "(none)"
    text = written(value)
    try:
        return make_url(text).render_as_string(hide_password=True) if "@" in text else text
    except ArgumentError:
        return "(hidden)"


def written(value: object) -> str:
    """A value as it would stand in the environment."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
