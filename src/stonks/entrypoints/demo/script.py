"""Reading what is to be said.

A script is scenes, each under a line that starts with ``=``; a line is a name, a colon, and what
that person writes. ``{seq}`` stands for the message before it, ``{name}`` for who is answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Line:
    """What one person writes: a message, or a command."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Lines that belong together, in this order."""

    name: str
    lines: Sequence[Line]


@cache
def scenes(script: str) -> Sequence[Scene]:
    """The scenes of one of the scripts of this package."""
    return parsed(files("stonks.entrypoints.demo.scripts").joinpath(f"{script}.txt").read_text())


def parsed(text: str) -> Sequence[Scene]:
    return [Scene(name, [*_lines(body)]) for name, body in _chapters(text)]


def _chapters(text: str) -> Iterator[tuple[str, str]]:
    for chapter in f"\n{text}".split("\n= ")[1:]:
        name, _, body = chapter.partition("\n")
        yield name.strip(), body


def _lines(body: str) -> Iterator[Line]:
    for written in filter(str.strip, body.splitlines()):
        who, _, text = written.partition(": ")
        yield Line(who, text)
