"""Reading the settings, and working out what was left open."""

import os
from collections.abc import Mapping
from dataclasses import replace
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import ValidationError

from stonks.adapters.embedded import places
from stonks.entrypoints.settings.kinds import sealing_keys
from stonks.entrypoints.settings.oidc import with_details
from stonks.entrypoints.settings.setting import settings_of
from stonks.entrypoints.settings.settings import Settings
from stonks.entrypoints.settings.variables import BadSetting, Variables, variables

DOTENV = Path(".env")


def read_settings(environ: Mapping[str, str] | None = None, *, dotenv: Path = DOTENV) -> Settings:
    """The settings of this process. Raises ``BadSetting``."""
    return settled(variables(os.environ if environ is None else environ, dotenv))


def settled(given: Variables) -> Settings:
    """Settings with nothing left open, except a signing key that does not exist yet."""
    values: dict[str, Any] = {
        item.name: given.value(item.name, what.kind)
        for item, what in settings_of(Settings)
        if given.source(item.name)
    }
    values["oidc_providers"] = with_details(given, values.get("oidc_providers", ()))
    return _worked_out(Settings(**values))


def _worked_out(settings: Settings) -> Settings:
    var = settings.var.expanduser().absolute()
    embedded = places.database_url(var)
    database = settings.database_url or embedded
    key = places.stored_key(var) if database == embedded else ""
    vapid = places.stored_vapid_key(var) if database == embedded else ""
    sealing = _stored_sealing_keys(var) if database == embedded else ()
    mail = {embedded: "files:", "memory:": "memory:"}.get(database, "")
    public_url = settings.public_url or f"http://localhost:{settings.port}"
    mail_from = settings.mail_from or _sender(public_url)
    local = "memory:" if database == "memory:" else places.redis_url(var)
    return replace(
        settings,
        var=var,
        database_url=database,
        redis_url=settings.redis_url or local,
        public_url=public_url,
        mail_url=settings.mail_url or mail,
        mail_from=mail_from,
        token_private_key=settings.token_private_key or key,
        sealing_keys=settings.sealing_keys or sealing,
        vapid_private_key=settings.vapid_private_key or vapid,
        vapid_subject=settings.vapid_subject or _contact(public_url, mail_from),
    )


def _sender(public_url: str) -> str:
    """A name and an address at the host of this Stonks, to which nobody answers."""
    return f"Stonks <noreply@{urlsplit(public_url).hostname or 'localhost'}>"


def _contact(public_url: str, mail_from: str) -> str:
    """Push services take no http, and some no address at localhost."""
    return public_url if public_url.startswith("https:") else f"mailto:{parseaddr(mail_from)[1]}"


def _stored_sealing_keys(var: Path) -> tuple[str, ...]:
    """Those that were generated here, and those that an operator put before them."""
    try:
        return sealing_keys(places.stored_sealing_keys(var))
    except ValidationError as error:
        raise BadSetting(f"{places.sealing_keys_file(var)} holds what is no sealing key") from error
