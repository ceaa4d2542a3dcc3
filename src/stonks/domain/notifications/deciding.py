"""By which ways somebody is told, and whether that still holds when their turn comes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stonks.domain.ids import DeviceId, ProfileId
from stonks.domain.notifications.delivery import Decision, State
from stonks.domain.notifications.notice import Notice, NoticeKind
from stonks.domain.notifications.preferences import BY_LETTER_TOO, is_wanted_by_default
from stonks.domain.notifications.way import EMAIL, IN_APP, PUSH


@dataclass(frozen=True, slots=True)
class Standing:
    """What matters about people who have a notice; who stand alike is told alike.

    ``wishes`` are what they said themselves.
    """

    people: Sequence[ProfileId]
    is_active: bool = True
    has_read: bool = False
    has_proven_email: bool = False
    wishes: Mapping[str, bool] = field(default_factory=dict)
    devices: Sequence[DeviceId] = ()

    def wants(self, kind: NoticeKind, way: str) -> bool:
        return self.wishes.get(way, is_wanted_by_default(kind, way))


def decide(
    notice: Notice, standing: Standing, ways: Collection[str], *, is_online: bool
) -> Iterator[Decision]:
    """One decision a way, or a device: ``ways`` are those that this Stonks has besides the app.

    Whoever is online gets it there and on their devices; whoever is not, or does not want it there,
    on their devices, or by mail where they have none. Ways that a team added are used either way,
    and so is mail for what must not be missed.
    """
    for way in (IN_APP, *ways):
        reason = _against(notice, standing, way)
        if reason is None and way == PUSH:
            for device in standing.devices:
                yield Decision(way, State.WAITING, "device", device)
            continue
        if reason is None and way == IN_APP:
            reason = None if is_online else "offline"
        elif reason is None and way == EMAIL:
            reason = _against_mail(notice, standing, ways, is_online=is_online)
        if reason is not None:
            yield Decision(way, State.SKIPPED, reason)
        elif way == IN_APP:
            yield Decision(way, State.SENT, "online")
        elif way == EMAIL:
            yield Decision(way, State.WAITING, _for_mail(notice, is_online=is_online))
        else:
            yield Decision(way, State.WAITING, "always")


def _against(notice: Notice, standing: Standing, way: str) -> str | None:
    if not standing.is_active:
        return "inactive"
    if not standing.wants(notice.kind, way):
        return "not_wanted"
    if way == IN_APP:
        return None
    if notice.is_over:
        return "over"
    if standing.has_read:
        return "read"
    if way == PUSH and not standing.devices:
        return "no_device"
    return None


def _against_mail(
    notice: Notice, standing: Standing, ways: Collection[str], *, is_online: bool
) -> str | None:
    if notice.kind in BY_LETTER_TOO:
        return None if standing.has_proven_email else "no_proven_email"
    if is_online and standing.wants(notice.kind, IN_APP):
        return "online"
    if standing.devices and PUSH in ways and standing.wants(notice.kind, PUSH):
        return "has_device"
    return None if standing.has_proven_email else "no_proven_email"


def _for_mail(notice: Notice, *, is_online: bool) -> str:
    if notice.kind in BY_LETTER_TOO:
        return "always"
    return "not_shown" if is_online else "offline"


@dataclass(frozen=True, slots=True)
class LastLook:
    """What is true at the moment before something is sent."""

    is_active: bool
    has_read: bool
    is_over: bool
    is_wanted: bool
    is_followed: bool
    """False where it is about somebody whom this person follows no more, or with no bell."""
    has_target: bool
    """False where the device, its session, or the proven address is gone."""


def why_not(look: LastLook) -> str | None:
    """Why it is not to be sent after all."""
    reasons = {
        "inactive": not look.is_active,
        "read": look.has_read,
        "over": look.is_over,
        "not_wanted": not look.is_wanted,
        "not_followed": not look.is_followed,
        "target_gone": not look.has_target,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
