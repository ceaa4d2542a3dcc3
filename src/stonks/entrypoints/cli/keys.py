"""``stonks keys``."""

import sys
from pathlib import Path

import click

from stonks.adapters.sealing import new_sealing_key
from stonks.adapters.webpush import new_vapid_key
from stonks.entrypoints.keys import keep_key, keep_secret, new_private_key

A_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(invoke_without_command=True)
@click.option(
    "--into",
    type=A_FILE,
    help="Keep it in this file, readable by its owner alone; a key that is there already stays.",
)
@click.option(
    "--sealing-into", type=A_FILE, help="Keep a sealing key in this file, in the same way."
)
@click.option(
    "--vapid-into", type=A_FILE, help="Keep a key for Web Push in this file, in the same way."
)
@click.pass_context
def keys(
    context: click.Context, into: Path | None, sealing_into: Path | None, vapid_into: Path | None
) -> None:
    """Make a key that signs access tokens (STONKS_TOKEN_PRIVATE_KEY)."""
    if into:
        keep_key(into)
        click.echo(f"The key is in {into}.")
    if sealing_into:
        keep_secret(sealing_into, new_sealing_key())
        click.echo(f"The sealing key is in {sealing_into}.")
    if vapid_into:
        keep_secret(vapid_into, new_vapid_key())
        click.echo(f"The key for Web Push is in {vapid_into}.")
    if not (into or sealing_into or vapid_into or context.invoked_subcommand):
        click.echo(new_private_key(), nl=False)


@keys.command()
def sealing() -> None:
    """Make a key that seals secrets at rest (STONKS_SEALING_KEYS)."""
    click.echo(new_sealing_key())


@keys.command()
def vapid() -> None:
    """Make a key that signs what is pushed to browsers (STONKS_VAPID_PRIVATE_KEY)."""
    click.echo(new_vapid_key(), nl=False)


@keys.command()
def reseal() -> None:
    """Seal all secrets with the first of STONKS_SEALING_KEYS, so that the others can go.

    docs/operations.md tells the steps of changing a key.
    """
    from stonks.entrypoints.container import Container
    from stonks.entrypoints.settings import read_settings

    container = Container(settings=read_settings())
    done = container.reseal_secrets()() + container.reseal_endpoints()()
    click.echo(f"{done.anew} sealed anew, {done.already} were so already.")
    if done.lost:
        click.echo(f"{done.lost} open with none of the keys.", err=True)
        sys.exit(1)
