"""A live chat in a terminal: frames become lines, lines become frames."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep

import click

from stonks.adapters.wire import frames as f
from stonks.entrypoints.client.seat import Frame, Seat
from stonks.entrypoints.client.sentences import printable, sentence, told

UP_AND_CLEAR = "\x1b[A\x1b[2K"  # what the terminal echoed comes again, as an entry
LONGEST_ANSWER = 10.0


@dataclass(slots=True)
class Terminal:
    """Shows what is heard, and says what is typed."""

    seat: Seat
    is_lost: bool = False

    def show_all(self) -> None:
        """Until the server shows us out. Raises ``Left`` and ``Refused``."""
        for frame in self.seat.frames():
            self.show(frame)

    def show(self, frame: Frame) -> None:
        match frame:
            case f.Subscribed():
                self._back()
            case f.EntryFrame():
                click.echo(_line(frame))
            case f.Notification(notification=notification):
                click.secho(told(notification), fg="magenta")
            case f.Result(detail=detail):
                click.secho(printable(detail), fg="green")
            case f.Error(detail=detail, retry_after=wait):
                hint = "" if wait is None else f" (try again in {wait:g} s)"
                click.secho(printable(detail) + hint, fg="red", err=True)

    def lost(self) -> None:
        if not self.is_lost:
            self.is_lost = True
            click.secho("the connection is lost; reconnecting", dim=True, err=True)

    def say_all(self, lines: Iterable[str]) -> bool:
        """Whether anything was typed; comes back when all of it is answered."""
        has_said = False
        for line in filter(str.strip, lines):
            has_said = True
            if sys.stdin.isatty() and sys.stdout.isatty():
                click.echo(UP_AND_CLEAR, nl=False)
            self.seat.say(line.strip())
        self._await_answers()
        return has_said

    def _await_answers(self) -> None:
        end = monotonic() + LONGEST_ANSWER
        while self.seat.unanswered() and monotonic() < end:
            sleep(0.02)

    def _back(self) -> None:
        if self.is_lost:
            self.is_lost = False
            click.secho("connected again", dim=True, err=True)


def _line(entry: f.EntryFrame) -> str:
    at = datetime.fromisoformat(entry.at).astimezone()
    before = click.style(f"{at:%H:%M} {entry.seq:>5} ", dim=True)
    if entry.kind != "message":
        return before + click.style(sentence(entry), dim=True, italic=True)
    who, colon, text = sentence(entry).partition(":")
    return before + click.style(who, bold=True) + _badge(entry) + colon + text


def _badge(entry: f.EntryFrame) -> str:
    return "" if entry.actor.role == "member" else click.style(f" {entry.actor.role}", fg="cyan")
