"""Mutes and bans on PostgreSQL."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables import chat as t
from stonks.domain.chat.sanction import Sanction, SanctionKind
from stonks.domain.ids import ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class PostgresSanctions:
    """``SanctionRepository``."""

    connection: Connection

    def put(self, sanction: Sanction) -> None:
        row = asdict(sanction)
        change = insert(t.sanctions).values(row)
        self.connection.execute(
            change.on_conflict_do_update(constraint=t.sanctions.primary_key, set_=row)
        )

    def lift(self, room_id: RoomId, profile_id: ProfileId, kind: SanctionKind) -> bool:
        gone = delete(t.sanctions).where(
            t.sanctions.c.room_id == room_id,
            t.sanctions.c.profile_id == profile_id,
            t.sanctions.c.kind == kind,
        )
        return self.connection.execute(gone).rowcount == 1
