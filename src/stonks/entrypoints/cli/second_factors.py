"""``stonks second-factors``."""

from getpass import getuser

import click

from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import read_settings


@click.group()
@click.pass_context
def second_factors(context: click.Context) -> None:
    """Help people who lost theirs; each change is on record under the name of who made it."""
    context.obj = Container(settings=read_settings())


@second_factors.command()
@click.argument("username")
@click.pass_obj
def reset(container: Container, username: str) -> None:
    """Take USERNAME's authenticator app, recovery codes and second-factor passkeys away.

    Make sure by other means that it is really they who ask.
    """
    was_on = container.reset_second_factors()(username=username, by=getuser())
    done = "is asked for nothing after the password" if was_on else "had no second factor"
    click.echo(f"{username} {done}.")
