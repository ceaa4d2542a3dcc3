"""Decide by which ways people are told, and tell those who are here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from stonks.application.notifications.ports import Hint, NotificationView, Online, Tell
from stonks.application.notifications.work import Batch, NotificationsWork
from stonks.application.outbox.one_by_one import one
from stonks.application.ports import Begin
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.deciding import decide
from stonks.domain.notifications.delivery import Decision, State
from stonks.domain.notifications.notice import Notice
from stonks.domain.notifications.way import IN_APP

SENDS_A_HINT = 200
MOST_HINTS = 8
ATTEMPTS_TO_KNOW = 4
"""Tries, a quarter of a minute in all, to learn who is online, before nobody is taken to be."""


@dataclass(slots=True)
class _Decided:
    """What one unit of work decided, for what follows its commit."""

    notice: Notice
    here: list[ProfileId] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)

    def note(self, decision: Decision) -> None:
        if decision.state is State.WAITING:
            self.waiting[decision.key.way] = self.waiting.get(decision.key.way, 0) + 1
        elif decision.state is State.SENT and decision.key.way == IN_APP:
            self.here.append(decision.key.profile_id)


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
        done: list[_Decided | None] = []
        there_was = one(
            self.begin,
            lambda work: work.batches,
            lambda work, batch: done.append(self._decide(work, batch)),
        )
        for decided in filter(None, done):
            self._follow_up(decided)
        return there_was

    def _decide(self, work: NotificationsWork, batch: Batch) -> _Decided | None:
        notice = work.notices.get(batch.notice_id)
        if notice is None:
            return None
        online = self._online(batch)
        decided, decisions = _Decided(notice), list[Decision]()
        for standing in work.standings.of(notice, batch.people):
            is_online = standing.profile_id in online
            for decision in decide(notice, standing, self.ways, is_online=is_online):
                decided.note(decision)
                decisions.append(decision)
        work.deliveries.add(decisions)
        return decided

    def _online(self, batch: Batch) -> Collection[ProfileId]:
        try:
            return self.online(batch.people)
        except Unavailable:
            if batch.attempts < ATTEMPTS_TO_KNOW:
                raise
            return ()

    def _follow_up(self, decided: _Decided) -> None:
        notice = decided.notice
        if decided.here:
            view = NotificationView(notice.id, notice.kind, notice.at, notice.data)
            self.tell(view, decided.here)
        for way, count in decided.waiting.items():
            self.hint(f"deliveries.{way}", min(MOST_HINTS, -(-count // SENDS_A_HINT)))
