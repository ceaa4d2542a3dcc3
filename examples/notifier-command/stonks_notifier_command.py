"""Tells people by whatever program the operator names: it reads JSON, and its exit code tells."""

import json
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from stonks.adapters.notifiers import Tools
from stonks.application.notifications.notifier import Delivery, Outcome, Send, Verdict
from stonks.domain.notifications.words import words_of

LEAST = ("PATH", "HOME", "LANG")  # the program need not know the secrets of Stonks
OUTCOMES = {  # sysexits.h
    0: Outcome(Verdict.SENT),
    67: Outcome(Verdict.REFUSED, "command_knows_nobody"),  # EX_NOUSER
    75: Outcome(Verdict.LATER, "command_asks_for_later"),  # EX_TEMPFAIL
}
FAILED = Outcome(Verdict.REFUSED, "command_failed")  # it may have told them before it did


@dataclass(frozen=True, slots=True)
class CommandNotifier:
    """``Notifier`` that starts a program for each delivery."""

    command: Sequence[str]
    environ: Mapping[str, str]
    tools: Tools
    seconds: float = 30.0
    way: str = "command"

    @contextmanager
    def sending(self) -> Iterator[Send]:
        yield self._send  # nothing is held open

    def _send(self, delivery: Delivery, /) -> Outcome:
        told = json.dumps(self._told(delivery)).encode()
        try:
            ended = subprocess.run(  # noqa: S603 -- the operator's own command, and no shell
                self.command, input=told, env=self.environ, timeout=self.seconds, check=False
            )
        except subprocess.TimeoutExpired:
            return Outcome(Verdict.REFUSED, "command_too_slow")
        except OSError:
            return Outcome(Verdict.LATER, "command_cannot_be_started")
        return OUTCOMES.get(ended.returncode, FAILED)

    def _told(self, delivery: Delivery) -> dict[str, str]:
        words, to = words_of(delivery.kind, delivery.data), delivery.recipient
        end = self.tools.unsubscribe_url(to.profile_id, delivery.kind.value, self.way)
        return {
            "kind": delivery.kind.value,
            "username": to.username,
            "email": to.email,
            "title": words.title,
            "body": words.body,
            "url": f"{self.tools.public_url}{words.path}",
            "unsubscribe": end,
        }


def make(tools: Tools) -> CommandNotifier:
    command = shlex.split(tools.environ.get("NOTIFIER_COMMAND", ""))
    if not command:
        raise ValueError("NOTIFIER_COMMAND names the program to start")
    environ = {name: tools.environ[name] for name in LEAST if name in tools.environ}
    return CommandNotifier(command, environ, tools)
