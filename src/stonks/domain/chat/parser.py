"""From a typed line to a command. Raises nothing but ``Invalid``."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from stonks.domain.chat import commands as c
from stonks.domain.chat.duration import parse_duration
from stonks.domain.chat.sanction import USUAL_TIMEOUT
from stonks.domain.errors import Invalid

LONGEST_LINE = 4_096
_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]\S*))', re.DOTALL)
_NAME = re.compile(r"@([A-Za-z0-9_.-]{3,30})")
_SEQ = re.compile(r"#?([1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class Word:
    """One argument; ``is_quoted`` where it stood in double quotes."""

    text: str
    is_quoted: bool = False


Arguments = Sequence[Word]
Reader = Callable[[Arguments], c.Command]
Argument = TypeVar("Argument")


def parse_command(line: str) -> c.Command:
    """The command that a line starting with ``/`` asks for.

    Command words and usernames are read without regard to case, and in ASCII alone, so that no
    look-alike stands for another. Raises ``Invalid``: ``unknown_command``, or ``bad_command``
    with the usage.
    """
    if len(line) > LONGEST_LINE:
        raise Invalid("command_too_long", f"a command takes at most {LONGEST_LINE} characters")
    name, rest = _split(line)
    kind = _NAMES.get(name)
    if kind is None:
        raise Invalid("unknown_command", "there is no such command; /help lists yours")
    try:
        return _READERS[kind](_words(rest))
    except Invalid as error:
        usage = c.RULES[kind].usage
        raise Invalid("bad_command", f"{error.detail}; usage: {usage}") from error


def _split(line: str) -> tuple[str, str]:
    """The words that name the command, folded, and the rest of the line."""
    first, rest = _first(line)
    if first in ("/set", "/unset"):
        second, rest = _first(rest)
        return f"{first} {second}", rest
    return first, rest


def _first(text: str) -> tuple[str, str]:
    word, *rest = text.split(maxsplit=1) or [""]
    return _fold(word), rest[0] if rest else ""


def _fold(word: str) -> str:
    return word.lower() if word.isascii() else word


def _words(text: str) -> Arguments:
    words, at, text = [], 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Invalid("bad_command", "a double quote is not closed, or stands inside a word")
        quoted, bare = match.groups()
        words.append(Word(bare) if quoted is None else Word(_unescape(quoted), is_quoted=True))
        at = match.end()
    return words


def _unescape(quoted: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", quoted)


def _name(word: Word) -> str:
    match = None if word.is_quoted else _NAME.fullmatch(word.text)
    if match is None:
        raise Invalid("bad_username", "a person is named like @user")
    return match[1]


def _seq(word: Word) -> int:
    match = None if word.is_quoted else _SEQ.fullmatch(word.text)
    if match is None:
        raise Invalid("bad_seq", "a message is named by its number")
    return int(match[1])


def _off_or_duration(word: Word) -> timedelta | None:
    return None if _fold(word.text) == "off" else parse_duration(word.text)


def _nothing(make: Callable[[], c.Command]) -> Reader:
    def read(arguments: Arguments) -> c.Command:
        if arguments:
            raise Invalid("bad_command", "it takes no arguments")
        return make()

    return read


def _one(argument: Callable[[Word], Argument], make: Callable[[Argument], c.Command]) -> Reader:
    def read(arguments: Arguments) -> c.Command:
        if len(arguments) != 1:
            raise Invalid("bad_command", "it takes one argument")
        return make(argument(arguments[0]))

    return read


def _text(make: Callable[[str], c.Command]) -> Reader:
    def read(arguments: Arguments) -> c.Command:
        if not arguments:
            raise Invalid("bad_command", "the text is missing")
        return make(_phrase(arguments))

    return read


def _phrase(arguments: Arguments) -> str:
    return " ".join(word.text for word in arguments)


def _name_and_rest(arguments: Arguments) -> tuple[str, Arguments]:
    if not arguments:
        raise Invalid("bad_username", "the person is missing")
    return _name(arguments[0]), arguments[1:]


def _ban(arguments: Arguments) -> c.Command:
    name, reason = _name_and_rest(arguments)
    return c.Ban(name, _phrase(reason))


def _timeout(arguments: Arguments) -> c.Command:
    name, rest = _name_and_rest(arguments)
    length = USUAL_TIMEOUT
    if rest and not rest[0].is_quoted and rest[0].text[0] in "0123456789":
        length, rest = parse_duration(rest[0].text), rest[1:]
    return c.Timeout(name, length, _phrase(rest))


def _suspend(arguments: Arguments) -> c.Command:
    return c.Suspend(_phrase(arguments))


_READERS: dict[type[c.Command], Reader] = {
    c.SetAdmin: _one(_name, c.SetAdmin),
    c.UnsetAdmin: _one(_name, c.UnsetAdmin),
    c.Mute: _one(_name, c.Mute),
    c.Unmute: _one(_name, c.Unmute),
    c.Ban: _ban,
    c.Unban: _one(_name, c.Unban),
    c.Timeout: _timeout,
    c.Suspend: _suspend,
    c.Unsuspend: _nothing(c.Unsuspend),
    c.SetTitle: _text(c.SetTitle),
    c.SetDescription: _text(c.SetDescription),
    c.Delete: _one(_seq, c.Delete),
    c.Clear: _one(_name, c.Clear),
    c.Slow: _one(_off_or_duration, c.Slow),
    c.Followers: _one(_off_or_duration, c.Followers),
    c.Pin: _one(_seq, c.Pin),
    c.Unpin: _nothing(c.Unpin),
    c.Help: _nothing(c.Help),
}
_NAMES = {rule.word: kind for kind, rule in c.RULES.items()}
