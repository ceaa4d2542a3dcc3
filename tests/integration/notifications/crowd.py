"""HOSTs, who follows them, and how each of those is reached."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID

import requests

from stonks.adapters.clock import new_id, now
from stonks.application.notifications.notifier import Device
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.session import Session
from stonks.domain.ids import NoticeId, ProfileId, SessionId
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.social.bell import Bell
from stonks.domain.social.follow import Follow
from tests.contracts.one_delivery import a_device
from tests.integration.notifications.works import Works
from tests.integration.running import Running
from tests.integration.servers import RunningServer
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, call, open_channel, sign_up
from tests.integration.waiting import wait_until
from tests.push_browser import PushBrowser

_numbers = count(1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Follower:
    """``kind`` is how they are reached: pushed, mailed, online, silent (no bell), unwilling."""

    id: ProfileId
    username: str
    kind: str
    device: Device | None = None
    client: Client | None = None

    @property
    def email(self) -> str:
        return f"{self.username}@example.org"


@dataclass(slots=True)
class Crowd:
    """A HOST with a channel, and followers."""

    works: Works
    host: Person
    slug: str
    followers: list[Follower] = field(default_factory=list)

    @property
    def host_id(self) -> ProfileId:
        return ProfileId(UUID(self.host.id))

    def go_live(self, title: str = "") -> NoticeId:
        """By HTTP; the notice, once there is one."""
        stream = self.start(title)
        wait_until(lambda: self.notice(stream) is not None, "there is a notice")
        found = self.notice(stream)
        assert found is not None
        return found

    def start(self, title: str = "") -> UUID:
        url = f"{self.works.here.url}/api/v1/channels/{self.slug}/streams"
        headers = {**self.host.headers, "Idempotency-Key": str(new_id())}
        body = {"title": title or f"Live on {self.slug}"}
        while True:
            answer = requests.post(url, json=body, headers=headers, timeout=20)
            if answer.status_code != 503:  # as good clients do it
                break
        assert answer.status_code == 201, answer.text
        return UUID(answer.json()["id"])

    def stop(self) -> None:
        path = f"/channels/{self.slug}/streams/current/end"
        call(self.works.there, "POST", path, person=self.host)

    def notice(self, stream: UUID) -> NoticeId | None:
        with self.works.container.begin_notifications()() as work:
            found = work.notices.about(NoticeKind.STREAM_STARTED, stream)
        return found.id if found else None

    def add(self, kind: str, many: int = 1, *, port: int = 0) -> Sequence[Follower]:
        """Followers of one kind, past the API: signing up is made to be slow.

        With a ``port`` their push service is there.
        """
        new = [_follower(self.works, kind, port) for _ in range(many)]
        bell = Bell.NONE if kind == "silent" else Bell.ALL
        with self.works.container.begin_social()() as work:
            for follower in new:
                work.follows.add(Follow(follower.id, self.host_id, bell, now()))
        if kind == "unwilling":
            for follower in new:
                _refuse_all(self.works, follower.id)
        self.followers += new
        return new

    @contextmanager
    def online(self) -> Iterator[Sequence[Follower]]:
        """A follower with a socket on each server, until the block ends."""
        with ExitStack() as stack:
            ears = [_ear(self, server, stack) for server in self.works.servers.made]
            self.followers += ears
            ids, known = [ear.id for ear in ears], self.works.container.people_online()
            wait_until(lambda: set(known.online(ids)) == set(ids), "it is known who is online")
            yield ears


def new_crowd(works: Works, **kinds: int) -> Crowd:
    slug = f"show-{next(_numbers)}"
    host = sign_up(works.here, slug.replace("-", "."))
    open_channel(works.here, slug, host)
    crowd = Crowd(works, host, slug)
    for kind, many in kinds.items():
        crowd.add(kind, many)
    return crowd


def with_device(works: Works, person: ProfileId, device: Device) -> None:
    """Have a browser registered, in a session of its own."""
    at = now()
    session = Session(SessionId(new_id()), person, "Firefox", at, at, at + A_DAY, None)
    with works.container.begin_identity()() as work:
        work.sessions.add(session)
    works.container.register_device()(
        actor=person,
        session_id=session.id,
        endpoint=device.endpoint,
        p256dh=device.p256dh,
        auth=device.auth,
        device="Firefox",
    )


def with_proven_email(works: Running, person: ProfileId, email: str) -> None:
    with works.container.begin_identity()() as work:
        work.email_proofs.put(person, email, now())


def _follower(works: Works, kind: str, port: int) -> Follower:
    id_, username, at = ProfileId(new_id()), f"{kind}.{next(_numbers)}", now()
    device = _device(works, port) if port or kind == "pushed" else None
    follower = Follower(id_, username, kind, device)
    profile = Profile(id_, username.title(), username, follower.email, None, True, at, at)
    with works.container.begin_identity()() as work:
        work.profiles.add(profile)
    if device is not None:
        with_device(works, id_, device)
    if kind != "pushed":
        with_proven_email(works, id_, follower.email)
    return follower


def _ear(crowd: Crowd, server: RunningServer, stack: ExitStack) -> Follower:
    """By HTTP, and greeted by mail before anybody waits for another."""
    person = sign_up(server, f"online.{next(_numbers)}")
    call(server, "PUT", f"/profiles/{crowd.host.username}/follow", person=person)
    client = stack.enter_context(Client(server, person=person))
    ear = Follower(ProfileId(UUID(person.id)), person.username, "online", client=client)
    wait_until(lambda: bool(crowd.works.postbox.to(ear.email)), "they are greeted")
    return ear


def _device(works: Works, port: int) -> Device:
    if not port:
        return works.service.register()
    return a_device(PushBrowser(), f"http://127.0.0.1:{port}/{new_id()}")


def _refuse_all(works: Works, person: ProfileId) -> None:
    nothing: Mapping[str, bool] = dict.fromkeys(("inApp", "push", "email"), False)
    change = works.container.change_preferences()
    change(actor=person, change={NoticeKind.STREAM_STARTED.value: nothing})
