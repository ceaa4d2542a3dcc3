"""What other contexts' events mean for notifications."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from stonks.application.notifications.stages import Batch, Fanout
from stonks.application.notifications.work import NotificationsWork
from stonks.application.ports import NewId
from stonks.domain.channels.events import StreamEnded, StreamStarted
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.grouping import (
    UPDATE_AFTER,
    first_follower,
    is_news,
    is_open,
    with_follower,
)
from stonks.domain.notifications.notice import Notice, NoticeKind
from stonks.domain.social.events import Followed

Jobs = tuple[str, ...]
Reaction = Callable[[NotificationsWork, object], Jobs]


@dataclass(frozen=True, slots=True)
class React:
    """Do what an event asks for; answers with the jobs that wait after it."""

    new_id: NewId

    def __call__(self, work: NotificationsWork, event: object) -> Jobs:
        match event:
            case StreamStarted():
                return self._announce(work, event)
            case StreamEnded():
                return self._end(work, event)
            case Followed():
                return self._count(work, event)
        return ()

    def _announce(self, work: NotificationsWork, event: StreamStarted) -> Jobs:
        facts = work.neighbours.stream(event.channel_id, event.stream_id)
        if facts is None or not event.is_announced:
            return ()
        notice = Notice(
            id=NoticeId(self.new_id()),
            kind=NoticeKind.STREAM_STARTED,
            subject=event.stream_id,
            at=event.at,
            audience=event.by,
            data={
                "streamId": str(event.stream_id),
                "channel": facts.slug,
                "title": event.title,
                "host": facts.host,
                "hostName": facts.host_name,
            },
            over_at=None if facts.is_live else event.at,
        )
        if not work.notices.add(notice):
            return ()
        work.fanouts.add(Fanout(notice.id, event.by))
        return ("fanouts",)

    def _end(self, work: NotificationsWork, event: StreamEnded) -> Jobs:
        notice = work.notices.about(NoticeKind.STREAM_STARTED, event.stream_id)
        if notice is not None and not notice.is_over:
            work.notices.save(replace(notice, over_at=event.at))
        return ()

    def _count(self, work: NotificationsWork, event: Followed) -> Jobs:
        kind, person = NoticeKind.NEW_FOLLOWER, event.followed_id
        username = work.neighbours.username(event.follower_id)
        if username is None or work.neighbours.username(person) is None:
            return ()
        group = work.groups.lock(person, kind)
        counted_at = work.groups.counted_at(person, kind, event.follower_id)
        if not is_news(counted_at, event.at):
            return ()
        notice_id = self._join(work, person, group, username, event)
        work.groups.count(person, kind, event.follower_id, notice_id, event.at)
        return ("batches",) if notice_id != group else ()

    def _join(
        self,
        work: NotificationsWork,
        person: ProfileId,
        group: NoticeId | None,
        username: str,
        event: Followed,
    ) -> NoticeId:
        if group is not None:
            notice = work.notices.get(group)
            has_read = work.inboxes.has_read(group, person)
            if notice is not None and is_open(notice, has_read=has_read, at=event.at):
                work.notices.save(with_follower(notice, username))
                if not work.batches.has(group):
                    again = Batch(self._batch_id(), group, [person])
                    work.batches.add(again, after=UPDATE_AFTER)
                return group
        notice = first_follower(NoticeId(self.new_id()), username, event.at)
        work.notices.add(notice)
        work.inboxes.add(notice.id, person)
        work.groups.set(person, NoticeKind.NEW_FOLLOWER, notice.id)
        work.batches.add(Batch(self._batch_id(), notice.id, [person]))
        return notice.id

    def _batch_id(self) -> UUID:
        return self.new_id()
