"""Where values come from: the environment, a file that it names, or ``.env``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from environs import Env, EnvError, ValidationError

from stonks.entrypoints.settings.kinds import Kind
from stonks.entrypoints.settings.setting import PREFIX, variable

FILE = "_FILE"


class BadSetting(Exception):
    """A value that no Stonks can start with; reads as one line that names the variable."""


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables given to this start; what is set but empty counts as not set."""

    environ: Mapping[str, str]
    dotenv: Mapping[str, str]

    def source(self, name: str) -> str:
        """Where the setting ``name`` comes from: ``environment``, ``.env``, a file, or nowhere."""
        for source, values in (("environment", self.environ), (".env", self.dotenv)):
            if values.get(variable(name)):
                return source
            if values.get(variable(name) + FILE):
                return values[variable(name) + FILE]
        return ""

    def text(self, name: str) -> str:
        """The setting as it was written; empty where nothing is set. Raises ``BadSetting``."""
        for values in (self.environ, self.dotenv):
            if value := values.get(variable(name)):
                return value
            if path := values.get(variable(name) + FILE):
                return _contents(variable(name) + FILE, path)
        return ""

    def value(self, name: str, kind: Kind) -> object:
        """The setting as its kind reads it. Raises ``BadSetting``."""
        try:
            return kind.read(_One(self.text(name)), variable(name))
        except (EnvError, ValidationError) as error:
            raise BadSetting(f"{variable(name)} takes {kind.accepts}") from error

    def named(self) -> set[str]:
        """The variables of Stonks that are set, known or not."""
        return {name for name in {**self.dotenv, **self.environ} if name.startswith(PREFIX)}


def variables(environ: Mapping[str, str], dotenv: Path) -> Variables:
    found = dotenv_values(dotenv, interpolate=False) if dotenv.is_file() else {}
    return Variables(environ, {name: value or "" for name, value in found.items()})


class _One(Env):
    """environs' readers on one given text instead of on ``os.environ``."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def _get_value(self, env_key: str, default: Any) -> Any:
        return self._text


def _contents(name: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeError) as error:
        raise BadSetting(f"{name} names a file that cannot be read: {path}") from error
