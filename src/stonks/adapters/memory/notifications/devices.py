"""Devices that take pushes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.application.notifications.devices import PushDevice
from stonks.domain.ids import DeviceId, ProfileId


def alive_devices(
    tables: NotificationTables, identity: IdentityTables, profile_id: ProfileId
) -> list[PushDevice]:
    """Those whose session goes on, the newest first."""
    at = tables.now()

    def is_alive(device: PushDevice) -> bool:
        session = identity.sessions.get(device.session_id)
        return session is not None and session.ended_at is None and session.expires_at > at

    own = tables.devices.where(lambda row: row.profile_id == profile_id)
    return sorted(filter(is_alive, own), key=lambda row: (row.created_at, row.id), reverse=True)


@dataclass(frozen=True, slots=True)
class MemoryDevices:
    """``DeviceRepository``."""

    tables: NotificationTables
    identity: IdentityTables

    def put(self, device: PushDevice) -> PushDevice:
        known = self.tables.devices.first(lambda row: row.endpoint == device.endpoint)
        kept = replace(device, id=known.id) if known else device
        self.tables.devices.put(kept.id, kept)
        return kept

    def of(self, profile_id: ProfileId) -> Sequence[PushDevice]:
        return alive_devices(self.tables, self.identity, profile_id)

    def remove(self, profile_id: ProfileId, device_id: DeviceId) -> bool:
        device = self.tables.devices.get(device_id)
        if device is None or device.profile_id != profile_id:
            return False
        return self.tables.devices.remove(device_id)


@dataclass(frozen=True, slots=True)
class MemoryDevicesWork:
    """``DevicesWork``."""

    devices: MemoryDevices
