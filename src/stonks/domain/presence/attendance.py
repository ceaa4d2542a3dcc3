"""Who comes and goes in a room, and when it is worth telling."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from stonks.domain.ids import ProfileId

STAYS = timedelta(seconds=30)
"""For how long somebody is here, or gone, before it is told: people reload pages."""
FEW = 200
"""As many people are told of one by one; of more than that only how many they are."""
COUNTS_EVERY = timedelta(seconds=30)
"""The shortest time from one count to the next."""
LOOKS_EVERY = timedelta(seconds=10)
"""From one look at a room to the next."""


@dataclass(frozen=True, slots=True)
class Present:
    """How many are in a room now, and who, unless they are more than ``FEW``."""

    count: int
    people: Set[ProfileId] | None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Whether the log says that somebody is here, and since when that has not been so."""

    is_told: bool
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """What is known of a room: everybody who is here, or is said to be.

    ``counted`` is how many the log says there are, and None while it tells of everybody.
    """

    attendees: Mapping[ProfileId, Attendee] = field(default_factory=dict)
    counted: int | None = None
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a room comes to: what is to be told, and what is known from then on."""

    register: Register
    left: Sequence[ProfileId] = ()
    joined: Sequence[ProfileId] = ()
    count: int | None = None

    @property
    def is_quiet(self) -> bool:
        """There is nothing to tell."""
        return not self.left and not self.joined and self.count is None


def look(before: Register, present: Present, at: datetime) -> Look:
    """Tell who joined and left, or, of a crowd, how many they are.

    After a crowd one more count says how many are left of it; from then on everybody is told of
    again, and so is whoever came or went meanwhile, once they stayed.
    """
    if present.people is None:
        after = _standing_still(before.attendees)
    else:
        after = _seen(before.attendees, present.people, at)
    register = replace(before, attendees=after)
    count = present.count if _is_countable(before, present, at) else None
    if count is not None:
        counted = count if present.people is None else None
        register = replace(register, counted=counted, counted_at=at)
    was, is_ = _told(before.attendees), _told(after)
    return Look(register, sorted(was - is_), sorted(is_ - was), count)


def _standing_still(attendees: Mapping[ProfileId, Attendee]) -> Mapping[ProfileId, Attendee]:
    """In a crowd nobody is seen, and so nobody stays."""
    return {id_: Attendee(is_told=True) for id_ in _told(attendees)}


def _seen(
    attendees: Mapping[ProfileId, Attendee], people: Set[ProfileId], at: datetime
) -> Mapping[ProfileId, Attendee]:
    nobody = Attendee(is_told=False)
    after = {
        id_: _next(attendees.get(id_, nobody), is_here=id_ in people, at=at)
        for id_ in attendees.keys() | people
    }
    return {id_: attendee for id_, attendee in after.items() if attendee is not None}


def _next(known: Attendee, *, is_here: bool, at: datetime) -> Attendee | None:
    """None is worth nothing: somebody who is gone, as is known or never was told otherwise."""
    if is_here == known.is_told:
        return Attendee(is_told=True) if is_here else None
    since = min(known.since or at, at)  # a clock may have been set back
    if at - since < STAYS:
        return replace(known, since=since)
    return Attendee(is_told=True) if is_here else None


def _is_countable(before: Register, present: Present, at: datetime) -> bool:
    is_crowd = present.people is None
    if present.count == before.counted or (not is_crowd and before.counted is None):
        return False
    last = before.counted_at
    return last is None or not timedelta(0) <= at - last < COUNTS_EVERY


def _told(attendees: Mapping[ProfileId, Attendee]) -> set[ProfileId]:
    return {id_ for id_, attendee in attendees.items() if attendee.is_told}
