"""How people are told live."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from dependency_injector import providers

from stonks.adapters.wire.telling import BusTell
from stonks.application.notifications.ports import NotificationView
from stonks.domain.ids import ProfileId
from stonks.entrypoints.containers.shared import Shared


def nothing_missed(
    people: Collection[ProfileId], since: datetime
) -> Mapping[ProfileId, Sequence[NotificationView]]:
    """``Missed`` where nobody has an inbox."""
    return {}


class TellingContainer(Shared):
    tell = providers.Singleton(BusTell, Shared.bus)
    missed = providers.Object(nothing_missed)
