"""What was found, and how to mend it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stonks.entrypoints.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``mend`` says what to do where it is not well."""

    subject: str
    what: str
    mend: str = ""
    is_well: bool = True


Look = Callable[[Settings], Iterator[Finding]]


def ill(subject: str, what: str, mend: str) -> Finding:
    return Finding(subject, what, mend, is_well=False)


def doubtful(subject: str, what: str, mend: str) -> Finding:
    """Well enough to start, and worth a word."""
    return Finding(subject, what, mend)
