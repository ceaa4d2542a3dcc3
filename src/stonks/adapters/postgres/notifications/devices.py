"""Devices that take pushes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.identity import sessions
from stonks.adapters.postgres.tables.notifications import devices
from stonks.application.notifications.devices import PushDevice
from stonks.domain.ids import DeviceId, ProfileId


@dataclass(frozen=True, slots=True)
class PostgresDevices:
    """``DeviceRepository`` on the table ``push_subscriptions``."""

    connection: Connection

    def put(self, device: PushDevice) -> PushDevice:
        values = asdict(device)
        changed = {name: value for name, value in values.items() if name not in _KEPT}
        new = insert(devices).values(values)
        new = new.on_conflict_do_update(index_elements=["endpoint"], set_=changed)
        row = self.connection.execute(new.returning(devices)).one()
        return PushDevice(**row._mapping)

    def of(self, profile_id: ProfileId) -> Sequence[PushDevice]:
        wanted = (
            select(devices)
            .join(sessions, sessions.c.id == devices.c.session_id)
            .where(
                devices.c.profile_id == profile_id,
                sessions.c.ended_at.is_(None),
                sessions.c.expires_at > func.now(),
            )
            .order_by(devices.c.created_at.desc(), devices.c.id.desc())
        )
        return [PushDevice(**row._mapping) for row in self.connection.execute(wanted)]

    def remove(self, profile_id: ProfileId, device_id: DeviceId) -> bool:
        this = devices.c.profile_id == profile_id, devices.c.id == device_id
        return self.connection.execute(delete(devices).where(*this)).rowcount == 1


_KEPT = ("id", "endpoint")


@dataclass(frozen=True, slots=True)
class PostgresDevicesWork:
    """``DevicesWork``."""

    devices: PostgresDevices

    @classmethod
    def on(cls, connection: Connection) -> "PostgresDevicesWork":
        return cls(PostgresDevices(connection))
