"""``stonks keys``."""

from pathlib import Path

import click

from stonks.entrypoints.keys import keep_key, new_private_key


@click.command()
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep it in this file, readable by its owner alone; a key that is there already stays.",
)
def keys(into: Path | None) -> None:
    """Make a key that signs access tokens (STONKS_TOKEN_PRIVATE_KEY)."""
    if into:
        keep_key(into)
        click.echo(f"The key is in {into}.")
    else:
        click.echo(new_private_key(), nl=False)
