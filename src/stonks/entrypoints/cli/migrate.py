"""``stonks migrate``."""

import click

from stonks.entrypoints.settings import BadSetting, read_settings


@click.command()
@click.option("--to", "revision", default="head", help="A version other than the newest.")
@click.option("--down", is_flag=True, help="Go down to --to (or base). Loses what is dropped.")
def migrate(revision: str, down: bool) -> None:
    """Bring the database's schema up to this version."""
    from stonks.adapters.postgres import migrate as schema

    settings = read_settings()
    if settings.storage != "postgres":
        raise BadSetting("STONKS_DATABASE_URL is memory:, which has no schema")
    (schema.downgrade if down else schema.upgrade)(settings.database_url, revision)
    click.echo(f"The schema is at {schema.current(settings.database_url) or 'nothing'}.")
