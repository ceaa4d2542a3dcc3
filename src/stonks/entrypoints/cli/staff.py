"""``stonks staff``."""

from getpass import getuser

import click

from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import read_settings


@click.group()
@click.pass_context
def staff(context: click.Context) -> None:
    """Say who is SUPERADMIN; each change is on record under the name of who made it."""
    context.obj = Container(settings=read_settings())


@staff.command()
@click.argument("username")
@click.pass_obj
def grant(container: Container, username: str) -> None:
    """Make USERNAME a SUPERADMIN."""
    granted = container.grant_staff()(username=username, by=getuser())
    click.echo(f"{username} is SUPERADMIN{'' if granted else ' already'}.")


@staff.command()
@click.argument("username")
@click.pass_obj
def revoke(container: Container, username: str) -> None:
    """Make USERNAME a member again."""
    revoked = container.revoke_staff()(username=username, by=getuser())
    click.echo(f"{username} is no SUPERADMIN{' any more' if revoked else ''}.")


@staff.command(name="list")
@click.pass_obj
def list_(container: Container) -> None:
    """List everybody who is SUPERADMIN."""
    for view in container.list_staff()():
        since = view.granted_at.isoformat(timespec="seconds")
        click.echo(f"{view.username}\tsince {since}\tby {view.granted_by}")
