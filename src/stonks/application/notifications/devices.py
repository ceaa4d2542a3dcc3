"""Devices that take pushes: registering them, and forgetting them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from stonks.application.ports import Begin, Clock, NewId, Pace
from stonks.domain.errors import NotFound
from stonks.domain.ids import DeviceId, ProfileId, SessionId

MOST_DEVICES = 20
"""A person's; the one registered longest ago makes room."""


@dataclass(frozen=True, slots=True)
class PushDevice:
    """A push subscription of a browser (W3C Push API), good while its session is.

    ``device`` is its User-Agent.
    """

    id: DeviceId
    profile_id: ProfileId
    session_id: SessionId
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    device: str
    created_at: datetime
    used_at: datetime | None = None


class DeviceRepository(Protocol):
    def put(self, device: PushDevice) -> PushDevice:
        """Keep it; one that has its endpoint is replaced, whoever's it was, and keeps its id."""

    def of(self, profile_id: ProfileId) -> Sequence[PushDevice]:
        """Those whose session goes on, the newest first."""

    def remove(self, profile_id: ProfileId, device_id: DeviceId) -> bool:
        """False where this person has no such device."""


class DevicesWork(Protocol):
    @property
    def devices(self) -> DeviceRepository: ...


class CheckSubscription(Protocol):
    def __call__(self, endpoint: str, p256dh: str, auth: str) -> None:
        """Raise ``Invalid`` for what no browser gives, or where nobody may be asked to send.

        Raises ``Unavailable`` where nobody can tell.
        """


@dataclass(frozen=True, slots=True)
class RegisterDevice:
    """Have pushes sent to a browser from now on, until its session ends."""

    begin: Begin[DevicesWork]
    check: CheckSubscription
    pace: Pace
    now: Clock
    new_id: NewId

    def __call__(
        self,
        *,
        actor: ProfileId,
        session_id: SessionId,
        endpoint: str,
        p256dh: str,
        auth: str,
        device: str,
    ) -> PushDevice:
        """Raises ``Limited``, ``Invalid`` and ``Unavailable``."""
        self.pace(actor)
        self.check(endpoint, p256dh, auth)
        new = PushDevice(
            DeviceId(self.new_id()), actor, session_id, endpoint, p256dh, auth, device, self.now()
        )
        with self.begin() as work:
            kept = work.devices.put(new)
            for old in work.devices.of(actor)[MOST_DEVICES:]:
                work.devices.remove(actor, old.id)
        return kept


@dataclass(frozen=True, slots=True)
class ListDevices:
    """One's devices, the newest first."""

    begin: Begin[DevicesWork]

    def __call__(self, *, actor: ProfileId) -> Sequence[PushDevice]:
        with self.begin() as work:
            return work.devices.of(actor)


@dataclass(frozen=True, slots=True)
class ForgetDevice:
    """Send no more pushes to a device."""

    begin: Begin[DevicesWork]

    def __call__(self, *, actor: ProfileId, device_id: DeviceId) -> None:
        """Raises ``NotFound`` (``unknown_device``), also for another person's."""
        with self.begin() as work:
            if not work.devices.remove(actor, device_id):
                raise NotFound("unknown_device", "there is no such device")
