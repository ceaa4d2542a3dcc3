"""What somebody has in their inbox and in their hand who asks for notifications."""

from stonks.adapters.clock import new_id
from stonks.application.identity.ports import SignedIn
from stonks.application.notifications.devices import PushDevice
from stonks.domain.ids import DeviceId, NoticeId, ProfileId
from stonks.domain.notifications.delivery import Decided, Decision, State
from stonks.domain.notifications.notice import Notice, NoticeKind
from stonks.domain.notifications.way import EMAIL
from stonks.entrypoints.container import Container
from tests.push_browser import PushBrowser

STARTED = {
    "streamId": "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c05",
    "channel": "night-trades",
    "title": "Opening bell",
    "host": "hanna",
    "hostName": "Hanna",
}


def a_notification(container: Container, owner: ProfileId) -> NoticeId:
    """One that its owner has, by mail as well, and has not read."""
    notice = Notice(
        NoticeId(new_id()),
        NoticeKind.STREAM_STARTED,
        new_id(),
        container.now()(),
        data=STARTED,
    )
    decision = Decision(EMAIL, State.SKIPPED, "no_proven_email")
    with container.begin_notifications()() as work:
        work.notices.add(notice)
        work.inboxes.add(notice.id, owner)
        work.deliveries.add(notice.id, [Decided([owner], [decision])])
    return notice.id


def a_registered(container: Container, person: SignedIn) -> DeviceId:
    """A browser that takes this person's pushes, in their session."""
    browser = PushBrowser()
    device = PushDevice(
        id=DeviceId(new_id()),
        profile_id=person.profile_id,
        session_id=person.session_id,
        endpoint=f"https://push.example/{new_id()}",
        p256dh=browser.p256dh,
        auth=browser.auth,
        device="Firefox",
        created_at=container.now()(),
    )
    with container.begin_devices()() as work:
        return work.devices.put(device).id
