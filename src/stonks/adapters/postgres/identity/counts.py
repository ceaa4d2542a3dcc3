"""Counts that a profile shows, on PostgreSQL."""

from dataclasses import dataclass

from sqlalchemy import func, select

from stonks.adapters.postgres.tables.channels import channels
from stonks.adapters.postgres.work import Reads
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresChannelCount:
    """``ChannelCount`` on the table ``channels``."""

    reads: Reads

    def __call__(self, host_id: ProfileId) -> int:
        query = select(func.count()).where(channels.c.host_id == host_id)
        with self.reads.connect() as connection:
            return connection.execute(query).scalar_one()
