"""Decide by which ways people are told, and tell those who are here."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from stonks.application.notifications.ports import NotificationView, Online, Tell
from stonks.application.notifications.stages import Batch
from stonks.application.notifications.work import NotificationsWork
from stonks.application.outbox.one_by_one import one
from stonks.application.ports import Begin, Hint
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.deciding import decide
from stonks.domain.notifications.delivery import Decided, State
from stonks.domain.notifications.notice import Notice
from stonks.domain.notifications.way import IN_APP

SENDS_A_HINT = 200
MOST_HINTS = 8
ATTEMPTS_TO_KNOW = 4
"""Tries, a quarter of a minute in all, to learn who is online, before nobody is taken to be."""


@dataclass(slots=True)
class _Told:
    """What one unit of work decided, for what follows its commit."""

    notice: Notice
    here: list[ProfileId] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)

    def note(self, decided: Decided) -> None:
        people = decided.people
        for decision in decided.decisions:
            if decision.state is State.WAITING:
                self.waiting[decision.way] = self.waiting.get(decision.way, 0) + len(people)
            elif decision.state is State.SENT and decision.way == IN_APP:
                self.here.extend(people)


@dataclass(frozen=True, slots=True)
class DecideWays:
    """One batch of people, in one unit of work; ``ways`` are those besides the app.

    Whoever is online is told live once that is committed.
    """

    begin: Begin[NotificationsWork]
    online: Online
    tell: Tell
    hint: Hint
    ways: Sequence[str]

    def __call__(self) -> bool:
        """Whether there was a batch, and there may be more."""
        done: list[_Told | None] = []
        there_was = one(
            self.begin,
            lambda work: work.batches,
            lambda work, batch: done.append(self._decide(work, batch)),
        )
        for told in filter(None, done):
            self._follow_up(told)
        return there_was

    def _decide(self, work: NotificationsWork, batch: Batch) -> _Told | None:
        notice = work.notices.get(batch.notice_id)
        if notice is not None and notice.is_over:
            notice = work.notices.hold(notice.id)  # it may go on: those whom this misses are told
        if notice is None:
            return None
        told, online = _Told(notice), self._online(batch)
        decided = [
            Decided(people, [*decide(notice, standing, self.ways, is_online=is_online)])
            for standing in work.standings.of(notice, batch.people)
            for is_online, people in _apart(standing.people, online)
        ]
        for each in decided:
            told.note(each)
        work.deliveries.add(notice.id, decided)
        return told

    def _online(self, batch: Batch) -> Set[ProfileId]:
        try:
            return frozenset(self.online(batch.people))
        except Unavailable:
            if batch.attempts < ATTEMPTS_TO_KNOW:
                raise
            return frozenset()

    def _follow_up(self, told: _Told) -> None:
        notice = told.notice
        if told.here:
            view = NotificationView(notice.id, notice.kind, notice.at, notice.data)
            self.tell(view, told.here)
        for way, count in told.waiting.items():
            self.hint(f"deliveries.{way}", min(MOST_HINTS, -(-count // SENDS_A_HINT)))


def _apart(
    people: Sequence[ProfileId], online: Set[ProfileId]
) -> Iterator[tuple[bool, Sequence[ProfileId]]]:
    """Those who are online, and those who are not; nobody is no group."""
    for is_online in (True, False):
        if some := [person for person in people if (person in online) is is_online]:
            yield is_online, some
