"""What a worker does who tells people: puts it into inboxes, and then publishes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from stonks.adapters.clock import now
from stonks.adapters.postgres.tables.notifications import notices, notifications
from stonks.application.notifications.ports import NotificationView
from stonks.domain.errors import Unavailable
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.integration.sockets.people import Person


@dataclass(slots=True)
class Worker:
    """Another process than those that serve; ``told`` are the counts in what it told."""

    container: Container
    told: list[int] = field(default_factory=list)

    def tell(self, *people: Person, dies: bool = False) -> NotificationView:
        """One that dies does so between its commit and the bus."""
        data = {"count": len(self.told) + 1, "followers": ["grace"]}
        view = NotificationView(NoticeId(uuid4()), NoticeKind.NEW_FOLLOWER, now(), data)
        row = {"kind": view.kind.value, "subject": uuid4(), "at": view.at, "data": data}
        with self.container.engine().begin() as connection:
            connection.execute(insert(notices).values(id=view.id, **row))
            for person in people:
                has = {"profile_id": UUID(person.id), "notice_id": view.id}
                connection.execute(insert(notifications).values(**has))
        self.told.append(len(self.told) + 1)
        if not dies:
            self.publish(view, *people)
        return view

    def change(self, view: NotificationView, *people: Person) -> None:
        """The same, and more of it."""
        data = {**view.data, "count": len(self.told) + 1}
        view = replace(view, at=now(), data=data)
        with self.container.engine().begin() as connection:
            connection.execute(
                update(notices).where(notices.c.id == view.id).values(at=view.at, data=data)
            )
        self.told.append(len(self.told) + 1)
        self.publish(view, *people)

    def publish(self, view: NotificationView, *people: Person) -> None:
        self.container.tell()(view, [ProfileId(UUID(person.id)) for person in people])

    def online(self, *people: Person) -> set[str] | None:
        """Their ids; None while nobody knows."""
        ids = [ProfileId(UUID(person.id)) for person in people]
        try:
            return {str(id_) for id_ in self.container.people_online().online(ids)}
        except Unavailable:
            return None


@contextmanager
def working(postgres_url: str, redis_url: str, private_key: str) -> Iterator[Worker]:
    settings = Settings(
        database_url=postgres_url,
        redis_url=redis_url,
        token_private_key=private_key,
        public_url="http://localhost:8000",
    )
    container = Container(settings=settings)
    yield Worker(container)
    container.engine().dispose()
    container.bus().close()
