"""A delivery as it is at the moment before it leaves."""

from dataclasses import dataclass

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.notifications.devices import alive_devices
from stonks.adapters.memory.notifications.fanouts import Audience
from stonks.adapters.memory.notifications.notices import MemoryInboxes
from stonks.adapters.memory.notifications.standings import Wishes
from stonks.adapters.memory.notifications.tables import Kept, NotificationTables
from stonks.application.notifications.notifier import Delivery, Device, Recipient
from stonks.application.notifications.sending import Departing
from stonks.domain.identity.profile import Profile
from stonks.domain.notifications.deciding import LastLook
from stonks.domain.notifications.notice import Notice
from stonks.domain.notifications.preferences import is_wanted_by_default
from stonks.domain.notifications.way import EMAIL, PUSH


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks at what matters about a delivery now."""

    tables: NotificationTables
    identity: IdentityTables
    wishes: Wishes
    audience: Audience

    def departing(self, row: Kept) -> Departing | None:
        """None where the notice or the person is no more."""
        notice = self.tables.notices.get(row.key.notice_id)
        profile = self.identity.profiles.get(row.key.profile_id)
        if notice is None or profile is None:
            return None
        delivery = Delivery(
            notice_id=notice.id,
            kind=notice.kind,
            at=notice.at,
            data=notice.data,
            recipient=self._recipient(profile),
            device=self._device(row),
            attempt=row.attempts + 1,
        )
        return Departing(delivery, self._look(row, notice, profile, delivery))

    def _look(self, row: Kept, notice: Notice, profile: Profile, delivery: Delivery) -> LastLook:
        way, wishes = row.key.way, self.wishes(profile.id, notice.kind)
        email = bool(delivery.recipient.email)
        return LastLook(
            is_active=profile.active,
            has_read=MemoryInboxes(self.tables).has_read(notice.id, profile.id),
            is_over=notice.is_over,
            is_wanted=wishes.get(way, is_wanted_by_default(notice.kind, way)),
            is_followed=notice.audience is None or profile.id in self.audience(notice.audience),
            has_target={PUSH: delivery.device is not None, EMAIL: email}.get(way, True),
        )

    def _recipient(self, profile: Profile) -> Recipient:
        email = profile.email if self.identity.mail_links.is_proven(profile) else ""
        return Recipient(profile.id, profile.username, profile.full_name, email)

    def _device(self, row: Kept) -> Device | None:
        for device in alive_devices(self.tables, self.identity, row.key.profile_id):
            if device.id == row.key.target:
                return Device(device.id, device.endpoint, device.p256dh, device.auth)
        return None
