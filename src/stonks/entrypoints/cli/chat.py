"""``stonks chat``."""

import os
import sys
from getpass import getpass
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from stonks.entrypoints.settings import read_settings

if TYPE_CHECKING:
    from stonks.entrypoints.client.api import Api
    from stonks.entrypoints.client.login import Login
    from stonks.entrypoints.client.terminal import Terminal

HISTORY = 20


@click.command()
@click.argument("slug")
@click.option("--url", help="The Stonks to talk to; this machine's own unless given.")
@click.option("--login", "name", help="Your username or e-mail; without it you only read.")
def chat(slug: str, url: str | None, name: str | None) -> None:
    """Read and write the live chat of the channel SLUG.

    The password is asked for, or taken from STONKS_PASSWORD; who has a second factor is asked for
    a code, too. A line that starts with a slash is a command: try /help. Ctrl-D or Ctrl-C ends it.
    """
    from stonks.entrypoints.client.api import Api, Refused, Unreachable
    from stonks.entrypoints.client.place import checked_url, own_url
    from stonks.entrypoints.client.seat import Left

    try:
        api = Api(checked_url(url) if url else own_url(read_settings()))
        _talk(_terminal(api, quote(slug, safe=""), _login(api, name)))
    except (Left, Refused, Unreachable, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        pass


def _login(api: "Api", name: str | None) -> "Login | None":
    from stonks.entrypoints.client.login import Login

    if name is None:
        return None
    password = os.environ.get("STONKS_PASSWORD") or getpass(f"Password of {name}: ")
    login = Login(api, name, password, lambda: getpass("Code of your app, or a recovery code: "))
    login.token()
    login.ask_code = None  # from here on what is typed is chat
    return login


def _terminal(api: "Api", slug: str, login: "Login | None") -> "Terminal":
    """A terminal that has shown what was said last."""
    import msgspec

    from stonks.adapters.wire.frames import EntryFrame
    from stonks.entrypoints.client.seat import Seat
    from stonks.entrypoints.client.terminal import Terminal

    token = login.token() if login else None
    page = api.get(f"/channels/{slug}/messages?limit={HISTORY}", token=token)
    entries = [msgspec.convert({**item, "type": "entry"}, EntryFrame) for item in page["items"]]
    after = entries[-1].seq if entries else 0
    terminal = Terminal(Seat(f"{api.sockets}/ws/channels/{slug}", login, after))
    terminal.seat.on_lost = terminal.lost
    for entry in entries:
        terminal.show(entry)
    return terminal


def _talk(terminal: "Terminal") -> None:
    """Until there is no more to say; who only listens listens until Ctrl-C."""
    said = Thread(target=_say, args=(terminal,), daemon=True)
    said.start()
    terminal.show_all()


def _say(terminal: "Terminal") -> None:
    if terminal.say_all(sys.stdin) or sys.stdin.isatty():
        terminal.seat.leave()
