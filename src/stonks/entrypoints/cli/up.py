"""``stonks up``."""

import sys

import click

from stonks.entrypoints.cli.overrides import with_options


@click.command()
@click.option("--host", help="The address to listen on (STONKS_HOST).")
@click.option("--port", help="The port to listen on (STONKS_PORT).")
@click.option("--var", help="Where the data lies (STONKS_VAR).")
@click.option("--demo/--no-demo", default=None, help="Whether to play the demo (STONKS_DEMO).")
def up(host: str | None, port: str | None, var: str | None, demo: bool | None) -> None:
    """Run everything: stores, migrations, the web process and a demo."""
    from stonks.entrypoints.supervision.up import up as run

    sys.exit(run(with_options(host=host, port=port, var=var, demo=demo)))
