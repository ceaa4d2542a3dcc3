"""``stonks demo``."""

from random import Random
from threading import Event
from time import sleep

import click

from stonks.entrypoints.settings import read_settings


@click.command()
@click.option("--url", help="The Stonks to play on; this machine's own unless given.")
@click.option("--pace", type=click.FloatRange(0, 100), default=1.0, help="2 is twice as slow.")
def demo(url: str | None, pace: float) -> None:
    """Let people who are not real chat and moderate, through the public API, for ever."""
    from stonks.entrypoints.client.api import Api
    from stonks.entrypoints.client.place import checked_url, own_url
    from stonks.entrypoints.demo.arriving import NotOurs
    from stonks.entrypoints.demo.password import demo_password
    from stonks.entrypoints.demo.performance import perform

    settings = read_settings()
    api = Api(checked_url(url) if url else own_url(settings))
    try:
        perform(api, demo_password(settings.var), lambda s: sleep(s * pace), Random())  # noqa: S311
    except NotOurs as error:
        click.echo(error)
        Event().wait()  # nothing to play; whoever supervises need not start it again
    except KeyboardInterrupt:
        pass
