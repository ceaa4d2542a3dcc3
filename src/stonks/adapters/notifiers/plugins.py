"""Notifiers that are installed: the entry points ``stonks.notifiers`` of whatever package."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points

from stonks.adapters.webpush.vapid import Vapid
from stonks.application.egress.ports import Egress
from stonks.application.mail.ports import MailSessions
from stonks.application.notifications.notifier import Notifier
from stonks.application.ports import Clock
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.way import IN_APP

GROUP = "stonks.notifiers"
WAY = re.compile(r"[a-z][a-zA-Z0-9]{0,29}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a notifier is made with.

    ``environ`` is for a plug-in's own variables; ``unsubscribe_url`` takes a person, a kind and a
    way. Requests to addresses that people chose go through ``egress``.
    """

    public_url: str
    environ: Mapping[str, str] = field(repr=False)
    now: Clock
    mail_sessions: MailSessions
    egress: Egress
    unsubscribe_url: Callable[[ProfileId, str, str], str]
    vapid: Vapid | None = field(default=None, repr=False)
    apprise_url: str = field(default="", repr=False)


Make = Callable[[Tools], Notifier]


class Unusable(ValueError):
    """A choice of notifiers with which nothing can start; reads as one line."""


def load_notifiers(names: Sequence[str], tools: Tools) -> Mapping[str, Notifier]:
    """The notifiers of these names, by the ways that they bring. Raises ``Unusable``."""
    ways: dict[str, Notifier] = {}
    for name in names:
        notifier = _made(name, tools)
        if not WAY.fullmatch(notifier.way) or notifier.way == IN_APP:
            raise Unusable(f"{name} brings a way that may not be called {notifier.way!r}")
        if notifier.way in ways:
            raise Unusable(f"{name} brings the way {notifier.way}, which is there already")
        ways[notifier.way] = notifier
    return ways


def installed() -> Mapping[str, EntryPoint]:
    """Whatever notifiers there are, by name."""
    return {point.name: point for point in entry_points(group=GROUP)}


def _made(name: str, tools: Tools) -> Notifier:
    found = installed()
    if name not in found:
        raise Unusable(f"there is no {name}; installed are {', '.join(sorted(found))}")
    try:
        make: Make = found[name].load()
        return make(tools)
    except Exception as error:
        raise Unusable(f"{name} cannot be made: {error or type(error).__name__}") from error
