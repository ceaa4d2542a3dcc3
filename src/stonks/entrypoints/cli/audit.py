"""``stonks audit``."""

import click

from stonks.application.identity.accounts.ports import EntriesWanted
from stonks.application.identity.ports import AuditEntry
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import read_settings


@click.command()
@click.option("--by", help="Only what somebody of this name did.")
@click.option("--action", help="Only this, such as profile_deactivated.")
@click.option("--on", "username", help="Only what was done to this username.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
def audit(by: str | None, action: str | None, username: str | None, limit: int) -> None:
    """Print who used which power over whom, the newest first."""
    container = Container(settings=read_settings())
    subject = container.find_account()(username=username) if username else None
    wanted = EntriesWanted(by=by, action=action, subject=subject)
    for entry in container.read_audit_entries()(wanted=wanted, limit=limit):
        click.echo(_line(entry))


def _line(entry: AuditEntry) -> str:
    at = entry.at.isoformat(timespec="seconds")
    by = entry.by if entry.actor else f"{entry.by} (operator)"
    return "\t".join((at, by, entry.action, entry.detail, str(entry.subject or "")))
