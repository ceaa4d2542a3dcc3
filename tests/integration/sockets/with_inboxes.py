"""The ``stonks`` command, with inboxes that are read as they stand in the database."""

from stonks.entrypoints.web import patched  # noqa: F401 - before everything else

# isort: split

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dependency_injector import providers
from sqlalchemy import select

from stonks.adapters.postgres.tables.notifications import notices, notifications
from stonks.adapters.postgres.work import Reads
from stonks.application.notifications.ports import NotificationView
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind
from stonks.entrypoints.cli.main import main
from stonks.entrypoints.containers.telling import TellingContainer


@dataclass(frozen=True, slots=True)
class Inboxes:
    """``Missed``: all that anybody has, from then on."""

    reads: Reads

    def __call__(
        self, people: Collection[ProfileId], since: datetime
    ) -> Mapping[ProfileId, Sequence[NotificationView]]:
        columns = (notifications.c.profile_id, notifications.c.read_at, notices)
        question = (
            select(*columns)
            .join(notices, notices.c.id == notifications.c.notice_id)
            .where(notifications.c.profile_id.in_(people), notices.c.at >= since)
        )
        found: dict[ProfileId, list[NotificationView]] = {}
        with self.reads.connect() as connection:
            for row in connection.execute(question):
                view = NotificationView(
                    NoticeId(row.id), NoticeKind(row.kind), row.at, row.data, row.read_at
                )
                found.setdefault(ProfileId(row.profile_id), []).append(view)
        return found


if __name__ == "__main__":
    TellingContainer.missed.override(
        providers.Singleton(Inboxes, TellingContainer.reads_connection)
    )
    main()
