"""Endpoints to test stores with, made through a container's own units of work."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from stonks.adapters.clock import new_id
from stonks.application.webhooks.ports import EndpointView, HostedChannel, Turn, WebhooksWork
from stonks.domain.chat.entry import EntryKind
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ChannelId, EndpointId, ProfileId, RoomId
from stonks.domain.webhooks.endpoint import DisabledBecause, Endpoint, Lane, Status
from stonks.domain.webhooks.event_type import EventType
from tests.contracts.chat_store import held
from tests.contracts.town import Town

MINUTE = timedelta(minutes=1)
OVER = timedelta(0)
"""A lease that ends as it begins."""
AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
QUIET = (EventType.MESSAGE_POSTED, EventType.STREAM_STARTED)
"""Of which none is about who comes and goes."""


@contextmanager
def webhooks(town: Town) -> Iterator[WebhooksWork]:
    with town.container.begin_webhooks()() as work:
        yield work


def a_channel(town: Town, name: str = "host") -> HostedChannel:
    """Of somebody new, who is called like that."""
    channel_id, _ = town.channel(f"{name}-channel", town.person(name))
    return locked(town, channel_id)


def locked(town: Town, channel_id: ChannelId) -> HostedChannel:
    with webhooks(town) as work:
        return work.channels.lock(channel_id)


def read(town: Town, channel_id: ChannelId) -> HostedChannel:
    with webhooks(town) as work:
        return work.channels.get(channel_id)


def a_full(channel: HostedChannel) -> Endpoint:
    """An endpoint with a value of its own in every field, however unlikely."""
    return Endpoint(
        id=EndpointId(new_id()),
        channel_id=channel.id,
        room_id=channel.room_id,
        url="https://receiver.example/hook?a=%27\"b'",
        description="Zürich \\ \" ' % {}",
        event_types=(EventType.MESSAGE_POSTED, EventType.MEMBER_JOINED),
        secret=b"\x00new\xff",
        position=17,
        created_at=AT,
        updated_at=AT + 1 * MINUTE,
        status=Status.DISABLED,
        activated_at=AT + 2 * MINUTE,
        disabled_at=AT + 3 * MINUTE,
        disabled_because=DisabledBecause.KEPT_FAILING,
        old_secret=b"\x00old\xff",
        old_secret_until=AT + 4 * MINUTE,
        failures=3,
        failing_since=AT + 5 * MINUTE,
        due_at=AT + 6 * MINUTE,
        turn=new_id(),
        unsure_up_to=19,
        lane=Lane.SLOW,
    )


def an_endpoint(channel: HostedChannel, **changes: Any) -> Endpoint:
    """An active one that rests."""
    plain = Endpoint(
        id=EndpointId(new_id()),
        channel_id=channel.id,
        room_id=channel.room_id,
        url="https://receiver.example/hook",
        description="",
        event_types=QUIET,
        secret=b"sealed",
        position=0,
        created_at=AT,
        updated_at=AT,
        status=Status.ACTIVE,
        activated_at=AT,
    )
    return replace(plain, **changes)


def keep(town: Town, *endpoints: Endpoint) -> None:
    with webhooks(town) as work:
        for endpoint in endpoints:
            work.endpoints.add(endpoint)


def kept(town: Town, channel: HostedChannel, **changes: Any) -> Endpoint:
    endpoint = an_endpoint(channel, **changes)
    keep(town, endpoint)
    return endpoint


def view(town: Town, endpoint: Endpoint) -> EndpointView:
    found: EndpointView = town.container.endpoint_reads().one(endpoint.channel_id, endpoint.id)
    return found


def stored(town: Town, endpoint: Endpoint) -> Endpoint:
    return view(town, endpoint).endpoint


def lock(work: WebhooksWork, endpoint: Endpoint) -> Endpoint:
    return work.endpoints.lock(endpoint.channel_id, endpoint.id)


def write(town: Town, channel: HostedChannel, count: int = 1) -> None:
    """So many entries in the log of its room."""
    writer = (channel.room_id, channel.host_id)
    with town.container.begin_chat()() as work:
        room = held(work, channel.room_id)
        person = work.participants.of([writer])[writer]
        at, data = town.clock(), {"text": "a message"}
        work.log.append(
            [room.record(EntryKind.MESSAGE, by=person, at=at, data=data) for _ in range(count)]
        )


def wake(town: Town, rooms: Sequence[RoomId] | None = None) -> int:
    with webhooks(town) as work:
        return work.turns.wake(rooms)


def take(town: Town, lane: Lane = Lane.STEADY, lease: timedelta = MINUTE) -> Turn | None:
    with webhooks(town) as work:
        return work.turns.take(lane, new_id(), lease)


def taken(town: Town, lane: Lane = Lane.STEADY, lease: timedelta = MINUTE) -> Turn:
    turn = take(town, lane, lease)
    assert turn is not None
    return turn


def end(town: Town, turn: Turn, position: int, **how: Any) -> bool:
    with webhooks(town) as work:
        return work.turns.end(turn, position, **how)


def is_attended(town: Town, channel: HostedChannel) -> bool:
    """Whether who comes and goes there is looked at; asked of the store, whichever it is."""
    container = town.container
    if container.settings().storage == "memory":
        return container.attended_rooms().rooms.get(channel.room_id) is not None
    with container.engine().connect() as connection:
        found = "SELECT FROM attended_rooms WHERE room_id = %s"
        return connection.exec_driver_sql(found, (str(channel.room_id),)).rowcount == 1


def set_active(town: Town, person: ProfileId, *, is_active: bool) -> None:
    with town.container.begin_identity()() as work:
        profile: Profile = work.profiles.lock(person)
        profile.active = is_active
        work.profiles.save(profile)
