"""What every store of notices, inboxes and groups promises."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from secrets import randbits
from uuid import UUID

import pytest

from stonks.adapters.clock import first_id, new_id, now
from stonks.application.notifications.work import NotificationsWork
from stonks.domain.errors import Conflict
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.delivery import Decided, Decision, State
from stonks.domain.notifications.notice import Notice, NoticeKind
from tests.contracts.town import Town

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
GROUP = NoticeKind.NEW_FOLLOWER


def a_notice(kind: NoticeKind = NoticeKind.STREAM_STARTED) -> Notice:
    """A notice with a value of its own in every field."""
    return Notice(
        id=NoticeId(new_id()),
        kind=kind,
        subject=new_id(),
        at=NOW,
        audience=ProfileId(new_id()),
        data={"channel": "night-trades", "count": 3, "followers": ["ada", "bo"]},
        over_at=NOW + timedelta(hours=1),
    )


@contextmanager
def work_of(town: Town) -> Iterator[NotificationsWork]:
    with town.container.begin_notifications()() as work:
        yield work


def a_told(town: Town, person: ProfileId, notice: Notice | None = None) -> Notice:
    """A notice that this person has."""
    notice = notice or replace(a_notice(), over_at=None, audience=None)
    with work_of(town) as work:
        work.notices.add(notice)
        work.inboxes.add(notice.id, person)
    return notice


class NoticesContract:
    """``NoticeRepository``, ``Inboxes``, ``Groups``, ``InboxReads``. Subclasses give ``town``."""

    def test_every_field_of_a_notice_comes_back(self, town: Town) -> None:
        notice = a_notice()
        with work_of(town) as work:
            assert work.notices.add(notice)
        with work_of(town) as work:
            kept = work.notices.get(notice.id)
            assert kept is not None
            assert asdict(kept) == asdict(notice)
            found = work.notices.about(notice.kind, notice.subject)
            assert work.notices.hold(notice.id) == notice
            assert work.notices.hold(NoticeId(new_id())) is None
        assert found == notice

    def test_there_is_one_notice_of_a_kind_about_a_subject(self, town: Town) -> None:
        first = a_notice()
        second = replace(a_notice(), subject=first.subject)
        other = replace(a_notice(NoticeKind.WEBHOOK_DISABLED), subject=first.subject)
        with work_of(town) as work:
            added = [work.notices.add(notice) for notice in (first, second, other)]
        assert added == [True, False, True]
        with work_of(town) as work:
            assert work.notices.get(second.id) is None

    def test_what_a_notice_says_can_change(self, town: Town) -> None:
        notice = a_notice()
        changed = replace(notice, at=NOW + DAY, data={"count": 4}, over_at=None)
        with work_of(town) as work:
            work.notices.add(notice)
            work.notices.save(changed)
        with work_of(town) as work:
            assert work.notices.get(notice.id) == changed
            assert work.notices.about(notice.kind, new_id()) is None

    def test_a_notice_is_in_an_inbox_once(self, town: Town) -> None:
        ada, reads = town.person("ada"), town.container.inbox_reads()
        notice = a_told(town, ada)
        a_told(town, ada, notice)
        views = reads.page(ada, before=None, limit=9)
        assert [(view.id, view.kind, view.at, view.data) for view in views] == [
            (notice.id, notice.kind, notice.at, notice.data)
        ]
        assert views[0].read_at is None
        assert reads.unread(ada) == 1

    def test_an_inbox_comes_in_pages_the_newest_first(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo")
        notices = [a_told(town, ada) for _ in range(3)]
        a_told(town, bo)
        reads = town.container.inbox_reads()
        first = reads.page(ada, before=None, limit=2)
        rest = reads.page(ada, before=first[-1].id, limit=2)
        assert [view.id for view in (*first, *rest)] == [one.id for one in reversed(notices)]

    def test_what_is_read_is_read_once_and_by_its_owner(self, town: Town) -> None:
        ada, bo, reads = town.person("ada"), town.person("bo"), town.container.inbox_reads()
        first, second = a_told(town, ada), a_told(town, ada)
        with work_of(town) as work:
            assert work.inboxes.read(bo, [first.id], NOW) == 0
            assert work.inboxes.read(ada, [first.id, NoticeId(new_id())], NOW) == 1
            assert work.inboxes.read(ada, [first.id], NOW + timedelta(hours=1)) == 0
            assert work.inboxes.has_read(first.id, ada)
            assert not work.inboxes.has_read(second.id, ada)
        assert reads.unread(ada) == 1
        assert [view.read_at for view in reads.page(ada, before=None, limit=9)] == [None, NOW]
        with work_of(town) as work:
            assert work.inboxes.read(ada, None, NOW) == 1
        assert reads.unread(ada) == 0

    def test_what_is_rolled_back_is_nowhere(self, town: Town) -> None:
        ada, notice = town.person("ada"), a_notice()
        with pytest.raises(Conflict), work_of(town) as work:  # noqa: PT012
            work.notices.add(notice)
            work.inboxes.add(notice.id, ada)
            raise Conflict("a_test", "goes wrong")
        assert town.container.inbox_reads().page(ada, before=None, limit=9) == []

    def test_a_group_is_a_persons_own(self, town: Town) -> None:
        ada, bo, notice_id = town.person("ada"), town.person("bo"), NoticeId(new_id())
        with work_of(town) as work:
            assert work.groups.lock(ada, GROUP) is None
            work.groups.set(ada, GROUP, notice_id)
        with work_of(town) as work:
            assert work.groups.lock(ada, GROUP) == notice_id
            assert work.groups.lock(bo, GROUP) is None
            assert work.groups.lock(ada, NoticeKind.WEBHOOK_DISABLED) is None

    def test_who_was_counted_when_is_known(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo")
        with work_of(town) as work:
            assert work.groups.counted_at(ada, GROUP, bo) is None
            for at in (NOW, NOW + timedelta(days=1)):
                work.groups.count(ada, GROUP, bo, NoticeId(new_id()), at)
        with work_of(town) as work:
            assert work.groups.counted_at(ada, GROUP, bo) == NOW + timedelta(days=1)
            assert work.groups.counted_at(bo, GROUP, ada) is None

    def test_what_is_old_is_forgotten_some_at_a_time(self, town: Town) -> None:
        ada, at = town.person("ada"), now()
        old = [a_told(town, ada, replace(a_notice(), id=made(at - DAY))) for _ in range(3)]
        new = a_told(town, ada, replace(a_notice(), id=made(at)))
        with work_of(town) as work:
            for notice in (*old, new):
                skipped = Decision("email", State.SKIPPED, "online")
                work.deliveries.add(notice.id, [Decided([ada], [skipped])])
            work.groups.count(ada, GROUP, ada, new.id, at - DAY)
        before = at - timedelta(hours=1)
        with work_of(town) as work:
            assert work.retention.forget_notices(before - DAY, 10) == 0
            assert work.retention.forget_deliveries(before, 2) == 2
            assert work.retention.forget_deliveries(before, 2) == 1
            assert work.retention.forget_actors(before - DAY, 10) == 0
            assert work.retention.forget_actors(before, 10) == 1
            assert work.retention.forget_notices(before, 10) == 6
            assert work.groups.counted_at(ada, GROUP, ada) is None
            assert work.notices.get(old[0].id) is None
        kept = town.container.inbox_reads().page(ada, before=None, limit=9)
        assert [view.id for view in kept] == [new.id]
        assert len(town.container.traces().of(ada, new.id) or ()) == 1


DAY = timedelta(days=1)


def made(at: datetime) -> NoticeId:
    """An id that was made then."""
    return NoticeId(UUID(int=first_id(at).int + randbits(74)))
