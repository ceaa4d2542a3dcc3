"""The group of all commands; each is imported when it is asked for."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from stonks.entrypoints import cli

NO_COMMANDS = {"main", "overrides"}


class Commands(click.Group):
    """Each module beside this one is a command: its function of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        modules = (module.name for module in iter_modules(cli.__path__))
        return [name.replace("_", "-") for name in modules if name not in NO_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"stonks.entrypoints.cli.{name}")
        command: click.Command = getattr(module, name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            if told := _in_one_line(error):
                raise click.ClickException(told) from error
            raise


def _in_one_line(error: Exception) -> str | None:
    """What people can mend is told without a stack trace."""
    from sqlalchemy.exc import OperationalError

    from stonks.adapters.embedded.process import StoreFailed
    from stonks.domain.errors import Refusal
    from stonks.entrypoints.settings import BadSetting

    if isinstance(error, BadSetting | StoreFailed | Refusal):
        return str(error)
    if isinstance(error, OperationalError):
        return f"the database cannot be used: {str(error.orig).splitlines()[0]}"
    return None


@click.group(cls=Commands)
@click.version_option(package_name="stonks")
def main() -> None:
    """A live-streaming community server."""
