"""Notices that take more of the same."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.notifications import actors, groups
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind

_NONE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class PostgresGroups:
    """``Groups``: the row is there from the first look on, so that it can be held."""

    connection: Connection

    def lock(self, profile_id: ProfileId, kind: NoticeKind) -> NoticeId | None:
        place = {"profile_id": profile_id, "kind": kind.value}
        held = insert(groups).values(place | {"notice_id": _NONE})
        held = held.on_conflict_do_update(
            index_elements=["profile_id", "kind"], set_={"kind": kind.value}
        )
        found = self.connection.scalars(held.returning(groups.c.notice_id)).one()
        return None if found == _NONE else NoticeId(found)

    def set(self, profile_id: ProfileId, kind: NoticeKind, notice_id: NoticeId) -> None:
        this = groups.c.profile_id == profile_id, groups.c.kind == kind.value
        self.connection.execute(update(groups).where(*this).values(notice_id=notice_id))

    def counted_at(
        self, profile_id: ProfileId, kind: NoticeKind, actor: ProfileId
    ) -> datetime | None:
        wanted = select(actors.c.at).where(
            actors.c.profile_id == profile_id,
            actors.c.kind == kind.value,
            actors.c.actor_id == actor,
        )
        return self.connection.scalar(wanted)

    def count(
        self,
        profile_id: ProfileId,
        kind: NoticeKind,
        actor: ProfileId,
        notice_id: NoticeId,
        at: datetime,
    ) -> None:
        key = {"profile_id": profile_id, "kind": kind.value, "actor_id": actor}
        told = {"notice_id": notice_id, "at": at}
        new = insert(actors).values(key | told)
        self.connection.execute(new.on_conflict_do_update(index_elements=[*key], set_=told))
