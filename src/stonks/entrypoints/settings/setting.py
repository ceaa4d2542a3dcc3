"""One setting: a field of ``Settings`` that carries its own description."""

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Any

from stonks.entrypoints.settings.kinds import Kind

PREFIX = "STONKS_"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting is for, what it takes, and what holds where it is not set."""

    about: str
    kind: Kind
    unset: str = ""
    is_secret: bool = False


def setting(
    default: object, about: str, kind: Kind, *, unset: str = "", is_secret: bool = False
) -> Any:
    """A dataclass field; ``unset`` tells in words a default that is worked out."""
    return field(default=default, metadata={"setting": Setting(about, kind, unset, is_secret)})


def settings_of(owner: Any) -> Iterator[tuple[Field[object], Setting]]:
    """The fields of a settings class or object, each with its description."""
    return ((item, item.metadata["setting"]) for item in fields(owner))


def variable(name: str) -> str:
    return PREFIX + name.upper()
