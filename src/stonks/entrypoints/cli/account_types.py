"""``stonks account-types``."""

from collections.abc import Sequence
from getpass import getuser

import click

from stonks.application.identity.accounts.rights import Actor
from stonks.domain.identity.permission import Permission
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import read_settings

PERMISSION = click.Choice(list(map(str, Permission)))


@click.group(name="account-types")
@click.pass_context
def account_types(context: click.Context) -> None:
    """Say which account types there are, what they allow, and who has them."""
    context.obj = Container(settings=read_settings())


def _operator() -> Actor:
    return Actor(getuser())


@account_types.command()
@click.argument("name")
@click.option("--description", default="", help="What it is for, in one line.")
@click.option(
    "--permission",
    "permissions",
    multiple=True,
    type=PERMISSION,
    help="What it allows; repeatable.",
)
@click.pass_obj
def add(container: Container, name: str, description: str, permissions: Sequence[str]) -> None:
    """Add the account type NAME."""
    container.add_account_type()(
        actor=_operator(), name=name, description=description, permissions=permissions
    )
    click.echo(f"{name} is an account type.")


@account_types.command()
@click.argument("name")
@click.option("--description", help="What it is for, in one line.")
@click.option(
    "--permission",
    "permissions",
    multiple=True,
    type=PERMISSION,
    help="What it allows; repeatable.",
)
@click.option("--no-permissions", is_flag=True, help="Let it allow nothing.")
@click.pass_obj
def change(
    container: Container,
    name: str,
    description: str | None,
    permissions: Sequence[str],
    no_permissions: bool,
) -> None:
    """Let the account type NAME allow exactly these permissions; what is not given stays."""
    if permissions and no_permissions:
        raise click.UsageError("--permission and --no-permissions exclude each other")
    wanted = permissions if permissions or no_permissions else None
    container.change_account_type()(
        actor=_operator(), name=name, description=description, permissions=wanted
    )
    click.echo(f"{name} is changed, for all who have it.")


@account_types.command()
@click.argument("name")
@click.pass_obj
def remove(container: Container, name: str) -> None:
    """Take the account type NAME from all who have it, and forget it."""
    container.remove_account_type()(actor=_operator(), name=name)
    click.echo(f"{name} is no account type any more.")


@account_types.command()
@click.argument("username")
@click.argument("name")
@click.pass_obj
def grant(container: Container, username: str, name: str) -> None:
    """Make USERNAME's account one of the type NAME, too."""
    profile_id = container.find_account()(username=username)
    given = container.grant_account_type()(actor=_operator(), profile_id=profile_id, name=name)
    click.echo(f"{username} has {name}{'' if given else ' already'}.")


@account_types.command()
@click.argument("username")
@click.argument("name")
@click.pass_obj
def revoke(container: Container, username: str, name: str) -> None:
    """Take the type NAME from USERNAME's account."""
    profile_id = container.find_account()(username=username)
    taken = container.revoke_account_type()(actor=_operator(), profile_id=profile_id, name=name)
    click.echo(f"{username} does not have {name}{' any more' if taken else ''}.")


@account_types.command(name="list")
@click.pass_obj
def list_(container: Container) -> None:
    """List the account types, what each allows, and how many have it."""
    for view in container.list_account_types()():
        allowed = ", ".join(sorted(view.permissions)) or "nothing"
        held = "everybody" if view.name == "member" else f"{view.holders} given"
        click.echo(f"{view.name}\t{held}\t{allowed}\t{view.description}")
