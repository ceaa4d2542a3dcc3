"""The one screen that tells a newcomer where things are."""

import os
import shlex
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from stonks.adapters.embedded import places
from stonks.entrypoints.demo.cast import GUEST, HOST
from stonks.entrypoints.demo.password import demo_password
from stonks.entrypoints.mailing import is_mail_shown, mail_folder
from stonks.entrypoints.settings import Settings
from stonks.entrypoints.settings.settings import VAR


def start_screen(settings: Settings) -> str:
    rows = "".join(f"    {name:<10} {value}\n" for name, value in _rows(settings))
    return f"\n  Stonks is live.\n\n{rows}\n  Ctrl-C stops it.\n"


def _rows(settings: Settings) -> Iterator[tuple[str, str]]:
    yield "open", settings.public_url
    yield "API", f"{settings.public_url}/docs"
    yield "sockets", f"{settings.public_url}/docs/websocket"
    if settings.demo:
        password = demo_password(settings.var)
        yield "demo", f"log in as {GUEST}, or as {HOST} (HOST); the password is {password}"
        yield "", "everybody else there is not real; DEMO=0 starts without them"
    yield "data", _data(settings)
    yield "mail", _mail(settings)
    yield "staff", f"{_command(settings)} staff grant USERNAME makes somebody a SUPERADMIN"


def _command(settings: Settings) -> str:
    """How to call ``stonks`` for these data, from this folder."""
    program = _program(sys.argv[0])
    is_usual = settings.var == VAR.absolute()
    return program if is_usual else f"STONKS_VAR={shlex.quote(str(settings.var))} {program}"


def _program(path: str) -> str:
    """What to type for what runs now: ``python -m stonks`` is known by its file alone."""
    is_module = os.path.basename(path) == "__main__.py"
    return "python -m stonks" if is_module else os.path.relpath(path)


def _data(settings: Settings) -> str:
    if settings.storage == "memory":
        return "nowhere: STONKS_DATABASE_URL is memory:"
    if settings.database_url == places.database_url(settings.var):
        return f"{settings.var}, kept for the next start; delete it to start afresh"
    return "in the database of STONKS_DATABASE_URL"


def _mail(settings: Settings) -> str:
    """Where what Stonks mails can be read."""
    if is_mail_shown(settings):
        return f"goes nowhere: read it at {settings.public_url}/dev/mail"
    if settings.mail_url == "files:":
        return f"is put into {mail_folder(settings)}"
    if settings.mail_url == "memory:":
        return "goes nowhere: STONKS_MAIL_URL is memory:"
    return f"leaves as {settings.mail_from}, by {urlsplit(settings.mail_url).hostname}"
