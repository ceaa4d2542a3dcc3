"""How somebody is told of what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stonks.application.notifications.preferences import Choices, PreferencesWork
from stonks.application.ports import Begin
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.preferences import is_wanted_by_default

Effective = Mapping[NoticeKind, Mapping[str, bool]]
"""What holds for each kind and each way of this installation."""


@dataclass(frozen=True, slots=True)
class ReadPreferences:
    """What holds for somebody; ``ways`` are those of this installation."""

    begin: Begin[PreferencesWork]
    ways: Sequence[str]

    def __call__(self, *, actor: ProfileId) -> Effective:
        with self.begin() as work:
            return effective(work.preferences.of(actor), self.ways)


def effective(said: Choices, ways: Sequence[str]) -> Effective:
    """What somebody said, and where they said nothing what holds for everybody."""
    return {
        kind: {way: said.get((kind, way), is_wanted_by_default(kind, way)) for way in ways}
        for kind in NoticeKind
    }
