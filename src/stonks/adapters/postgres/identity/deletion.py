"""Leaving for good, on PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Column, Connection, MetaData, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.channels import channels
from stonks.adapters.postgres.tables.deletions import deletions
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.work import Reads
from stonks.application.channels.delete_channel import DeleteChannel
from stonks.domain.errors import NotFound
from stonks.domain.identity.deletion import SLACK, Deletion
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class PostgresDeletions:
    """``DeletionRepository`` on the table ``deletions``, and on all tables beside profiles."""

    connection: Connection

    def put(self, deletion: Deletion) -> None:
        new = {
            "asked_at": deletion.asked_at,
            "due_at": deletion.due_at,
            "erased_at": deletion.erased_at,
        }
        upsert = insert(deletions).values(profile_id=deletion.profile_id, **new)
        self.connection.execute(
            upsert.on_conflict_do_update(index_elements=["profile_id"], set_=new)
        )

    def of(self, profile_id: ProfileId) -> Deletion | None:
        query = select(deletions).where(deletions.c.profile_id == profile_id)
        row = self.connection.execute(query).one_or_none()
        return Deletion(**row._mapping) if row else None

    def remove(self, profile_id: ProfileId) -> bool:
        gone = delete(deletions).where(deletions.c.profile_id == profile_id)
        return self.connection.execute(gone).rowcount == 1

    def due(self, at: datetime, most: int) -> Sequence[ProfileId]:
        open_ones = select(deletions.c.profile_id).where(
            deletions.c.erased_at.is_(None), deletions.c.due_at <= at - SLACK
        )
        found = self.connection.scalars(open_ones.order_by(deletions.c.due_at).limit(most))
        return [ProfileId(id_) for id_ in found]

    def erase(self, profile_id: ProfileId) -> None:
        """One statement a table: what is counted by a trigger locks its counts in order once."""
        for table, columns in groupby(beside_profiles(profile.metadata), lambda one: one.table):
            if table is not deletions:
                theirs = or_(*(column == profile_id for column in columns))
                self.connection.execute(delete(table).where(theirs))


def beside_profiles(metadata: MetaData) -> Iterator[Column[object]]:
    """Each column of each table whose rows go with a profile, whoever made that table.

    Tables come before those that they depend on.
    """
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            if column.info.get("beside_profile") or _goes_with(column):
                yield column


def _goes_with(column: Column[object]) -> bool:
    keys = column.foreign_keys
    return any(key.references(profile) and key.ondelete == "CASCADE" for key in keys)


@dataclass(frozen=True, slots=True)
class PostgresHostedChannels:
    """``HostedChannels`` by the use case of channels, one by one."""

    reads: Reads
    delete_channel: DeleteChannel

    def close(self, host_id: ProfileId) -> None:
        query = select(channels.c.id).where(channels.c.host_id == host_id)
        with self.reads.connect() as connection:
            hosted = list(connection.scalars(query))
        for channel_id in hosted:
            with suppress(NotFound):  # another process was quicker
                self.delete_channel(actor=host_id, channel_id=ChannelId(channel_id))
