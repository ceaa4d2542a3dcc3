"""``stonks relay``."""

import os

import click


@click.command()
def relay() -> None:
    """Wake workers when there is work. Of several relays one is active, the others stand by."""
    from stonks.entrypoints.work.relay import relay_forever

    relay_forever(os.environ)
