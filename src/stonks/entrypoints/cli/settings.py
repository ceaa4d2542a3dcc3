"""``stonks settings``."""

import os

import click

from stonks.entrypoints.settings import listing
from stonks.entrypoints.settings.reading import DOTENV
from stonks.entrypoints.settings.variables import variables


@click.command()
@click.option("--markdown", is_flag=True, help="Write docs/settings.md instead.")
def settings(markdown: bool) -> None:
    """Show every setting, its value and where it comes from; secrets stay hidden."""
    if markdown:
        click.echo(listing.markdown(), nl=False)
        return
    given = variables(os.environ, DOTENV)
    for line in listing.lines(given):
        click.echo(line)
    for name in listing.unknown(given):
        click.echo(f"{name} is set and means nothing to Stonks", err=True)
