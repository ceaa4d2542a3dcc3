"""Everything that somebody wrote, room by room."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Select, and_, exists, select

from stonks.adapters.personal_data import written
from stonks.adapters.postgres.tables.channels import channels
from stonks.adapters.postgres.tables.chat import entries, rooms
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.export.ports import Row
from stonks.domain.ids import ProfileId

ROOMS, MESSAGES = 200, 1000
NOWHERE = UUID(int=0)


def messages_of(reads: Reads, profile_id: ProfileId) -> Iterator[Row]:
    """In order within each room; hidden ones, too. One index serves all of it."""
    for room_id, channel in _rooms(reads, profile_id):
        yield from _in_room(reads, profile_id, room_id, channel)


def _rooms(reads: Reads, profile_id: ProfileId) -> Iterator[tuple[UUID, str]]:
    after = NOWHERE
    while True:
        with reads.connect() as connection:
            page = connection.execute(_written_in(profile_id, after)).all()
        yield from ((row.id, row.slug) for row in page)
        if len(page) < ROOMS:
            return
        after = page[-1].id


def _written_in(profile_id: ProfileId, after: UUID) -> Select[tuple[UUID, str]]:
    theirs = exists().where(
        entries.c.room_id == rooms.c.id,
        entries.c.actor_id == profile_id,
        entries.c.kind == "message",
    )
    query = select(rooms.c.id, channels.c.slug).join(channels)
    return query.where(rooms.c.id > after, theirs).order_by(rooms.c.id).limit(ROOMS)


def _in_room(reads: Reads, profile_id: ProfileId, room_id: UUID, channel: str) -> Iterator[Row]:
    last = 0
    while True:
        with reads.connect() as connection:
            page = connection.execute(_after(profile_id, room_id, last)).all()
        for row in page:
            yield written({"channel": channel, **row._mapping})
        if len(page) < MESSAGES:
            return
        last = page[-1].seq


def _after(profile_id: ProfileId, room_id: UUID, last: int) -> Select[tuple[object, ...]]:
    theirs = and_(
        entries.c.room_id == room_id,
        entries.c.actor_id == profile_id,
        entries.c.kind == "message",
        entries.c.seq > last,
    )
    text = entries.c.data["text"].astext.label("text")
    query = select(entries.c.seq, entries.c.at, text, entries.c.hidden)
    return query.where(theirs).order_by(entries.c.seq).limit(MESSAGES)
