"""Choosing how one is told of what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stonks.application.notifications.preferences import Choices, PreferencesWork
from stonks.application.notifications.read_preferences import Effective, effective
from stonks.application.ports import Begin
from stonks.domain.errors import Invalid
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind

Change = Mapping[str, Mapping[str, bool]]
"""By kind and way, as a person wrote them; what is left out stays as it is."""


@dataclass(frozen=True, slots=True)
class ChangePreferences:
    """Change some preferences of one's own; ``ways`` are those of this installation."""

    begin: Begin[PreferencesWork]
    ways: Sequence[str]

    def __call__(self, *, actor: ProfileId, change: Change) -> Effective:
        """What holds from now on; raises ``Invalid`` (``unknown_preference``) with the field."""
        choices = self._checked(change)
        with self.begin() as work:
            if choices:
                work.preferences.put(actor, choices)
            return effective(work.preferences.of(actor), self.ways)

    def _checked(self, change: Change) -> Choices:
        unknown = dict(self._unknown(change))
        if unknown:
            fields = ", ".join(unknown)
            raise Invalid("unknown_preference", f"look at {fields}", errors=unknown)
        return {
            (NoticeKind(kind), way): is_wanted
            for kind, ways in change.items()
            for way, is_wanted in ways.items()
        }

    def _unknown(self, change: Change) -> Iterator[tuple[str, Sequence[str]]]:
        for kind, ways in change.items():
            if kind not in set(NoticeKind):
                yield kind, ["is no kind of notification"]
                continue
            for way in ways:
                if way not in self.ways:
                    yield f"{kind}.{way}", ["is no way in which people are told here"]
