"""What identity, preferences and devices know of people who have a notice."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.notifications.devices import alive_devices
from stonks.adapters.memory.notifications.notices import MemoryInboxes
from stonks.adapters.memory.notifications.preferences import MemoryPreferences, PreferenceTables
from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.deciding import Standing
from stonks.domain.notifications.notice import Notice, NoticeKind

Wishes = Callable[[ProfileId, NoticeKind], Mapping[str, bool]]
"""What somebody said themselves about a kind, by way."""


@dataclass(frozen=True, slots=True)
class MemoryWishes:
    """``Wishes``, from the tables of preferences."""

    tables: PreferenceTables

    def __call__(self, profile_id: ProfileId, kind: NoticeKind) -> Mapping[str, bool]:
        said = MemoryPreferences(self.tables).of(profile_id)
        return {way: is_wanted for (about, way), is_wanted in said.items() if about == kind}


@dataclass(frozen=True, slots=True)
class MemoryStandings:
    """``Standings``."""

    tables: NotificationTables
    identity: IdentityTables
    wishes: Wishes

    def of(self, notice: Notice, people: Collection[ProfileId]) -> Sequence[Standing]:
        inboxes = MemoryInboxes(self.tables)
        having = [person for person in sorted(people) if inboxes.has(notice.id, person)]
        found = [self._standing(notice, person) for person in having]
        return _alike([standing for standing in found if standing is not None])

    def _standing(self, notice: Notice, person: ProfileId) -> Standing | None:
        profile = self.identity.profiles.get(person)
        if profile is None:
            return None
        devices = alive_devices(self.tables, self.identity, person)
        return Standing(
            people=[person],
            is_active=profile.active,
            has_read=MemoryInboxes(self.tables).has_read(notice.id, person),
            has_proven_email=self.identity.mail_links.is_proven(profile),
            wishes=self.wishes(person, notice.kind),
            devices=sorted(device.id for device in devices),
        )


def _alike(standings: Sequence[Standing]) -> Sequence[Standing]:
    found: list[Standing] = []
    for one in standings:
        for place, other in enumerate(found):
            if replace(one, people=other.people) == other:
                found[place] = replace(other, people=[*other.people, *one.people])
                break
        else:
            found.append(one)
    return found
