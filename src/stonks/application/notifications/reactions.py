"""What other contexts' events mean for notifications."""

from dataclasses import dataclass, replace
from uuid import UUID

from stonks.application.notifications.stages import A_BATCH, Batch, Fanout
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
from stonks.domain.webhooks.events import EndpointDisabled

Jobs = tuple[str, ...]
"""By name, as ``Hint`` has them."""


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
            case EndpointDisabled():
                return self._tell_host(work, event)
        return ()

    def _announce(self, work: NotificationsWork, event: StreamStarted) -> Jobs:
        subject = work.neighbours.announced(event.channel_id, event.stream_id)
        if subject is None:
            return ()
        told = work.notices.about(NoticeKind.STREAM_STARTED, subject)
        facts = work.neighbours.stream(event.channel_id, event.stream_id)
        if facts is None:
            return ()
        notice = Notice(
            id=NoticeId(self.new_id()),
            kind=NoticeKind.STREAM_STARTED,
            subject=subject,
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
        if told is None and work.notices.add(notice):
            work.fanouts.add(Fanout(notice.id, event.by))
            return ("fanouts",)
        return self._go_on(work, notice)

    def _go_on(self, work: NotificationsWork, anew: Notice) -> Jobs:
        """The stream is back: who was told nothing, because it was over, is told after all."""
        notice = work.notices.about(anew.kind, anew.subject)
        if notice is None or anew.is_over:
            return ()
        work.notices.save(replace(notice, data=anew.data, over_at=None))
        return ("batches",) if work.deliveries.reopen(notice.id, A_BATCH) else ()

    def _end(self, work: NotificationsWork, event: StreamEnded) -> Jobs:
        """Over, unless it goes on as a later stream; events come in any order."""
        subject = work.neighbours.announced(event.channel_id, event.stream_id)
        notice = work.notices.about(NoticeKind.STREAM_STARTED, subject or event.stream_id)
        if notice is None or notice.is_over or notice.data["streamId"] != str(event.stream_id):
            return ()
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

    def _tell_host(self, work: NotificationsWork, event: EndpointDisabled) -> Jobs:
        hosted = work.neighbours.hosted(event.channel_id)
        if hosted is None:
            return ()
        slug, host = hosted
        data = {
            "channel": slug,
            "endpointId": str(event.endpoint_id),
            "url": event.url,
            "reason": event.reason,
        }
        kind, new_id = NoticeKind.WEBHOOK_DISABLED, NoticeId(self.new_id())
        notice = Notice(new_id, kind, event.id, event.at, data=data)
        if not work.notices.add(notice):
            return ()
        work.inboxes.add(notice.id, host)
        work.batches.add(Batch(self._batch_id(), notice.id, [host]))
        return ("batches",)

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
                work.notices.save(with_follower(notice, username, event.at))
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
