"""What every store of deliveries, of what they depend on and of devices promises."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from threading import Barrier, Event, Timer

from stonks.adapters.clock import new_id, now
from stonks.application.notifications.devices import PushDevice
from stonks.application.notifications.notifier import Device, Recipient
from stonks.application.notifications.sending import Departing
from stonks.domain.identity.session import Session
from stonks.domain.ids import DeviceId, ProfileId, SessionId
from stonks.domain.notifications.deciding import LastLook, Standing, why_not
from stonks.domain.notifications.delivery import Decided, Decision, DeliveryKey, State
from stonks.domain.notifications.notice import Notice
from stonks.domain.notifications.way import EMAIL, IN_APP, PUSH
from tests.contracts.identity_races import at_once
from tests.contracts.notices import a_notice, a_told, work_of
from tests.contracts.town import START, Town

MINUTE = timedelta(minutes=1)
AT_ONCE = timedelta(0)


def a_session(town: Town, person: ProfileId, *, ended_at: datetime | None = None) -> SessionId:
    at = now()
    session = Session(SessionId(new_id()), person, "Firefox", at, at, at + 60 * MINUTE, ended_at)
    with town.container.begin_identity()() as work:
        work.sessions.add(session)
    return session.id


def a_device(
    town: Town,
    person: ProfileId,
    *,
    ended_at: datetime | None = None,
    used_at: datetime | None = START,
) -> PushDevice:
    """A device that is kept, with a value of its own in every field."""
    device = PushDevice(
        id=DeviceId(new_id()),
        profile_id=person,
        session_id=a_session(town, person, ended_at=ended_at),
        endpoint=f"https://push.example/{new_id()}",
        p256dh="a key",
        auth="a secret",
        device="Firefox on Debian",
        created_at=now(),
        used_at=used_at,
    )
    with town.container.begin_devices()() as work:
        work.devices.put(device)
    return device


def prove(town: Town, person: ProfileId, email: str) -> None:
    with town.container.begin_identity()() as work:
        work.email_proofs.put(person, email, now())


def decided(
    town: Town,
    notice: Notice,
    person: ProfileId,
    *,
    way: str = EMAIL,
    state: State = State.WAITING,
    reason: str = "offline",
    device: PushDevice | None = None,
) -> DeliveryKey:
    target = [device.id] if device else []
    with work_of(town) as work:
        decision = Decision(way, state, reason, *target)
        work.deliveries.add(notice.id, [Decided([person], [decision])])
    return DeliveryKey(notice.id, person, way, *target)


def claim(town: Town, way: str = EMAIL, lease: timedelta = MINUTE) -> Sequence[DeliveryKey]:
    with work_of(town) as work:
        return work.deliveries.claim(way, 100, lease)


def depart(town: Town, key: DeliveryKey) -> Departing | None:
    with work_of(town) as work:
        return work.deliveries.depart(key)


def states(town: Town, key: DeliveryKey) -> dict[str, tuple[str, str, int]]:
    """How far each way has come, as its trace tells."""
    found = town.container.traces().of(key.profile_id, key.notice_id)
    return {view.way: (view.state, view.reason, view.attempts) for view in found or ()}


def is_one_at_a_time(town: Town) -> bool:
    """Memory lets one unit of work in at a time, so that nobody can be met in one."""
    return bool(town.container.settings().storage == "memory")


class DeliveriesContract:
    """``Deliveries``, ``Standings``, ``TraceReads``, ``Missed``. Subclasses give ``town``."""

    def test_everything_that_a_sender_needs_comes_back(self, town: Town) -> None:
        ada = town.person("ada")
        prove(town, ada, "ada@example.org")
        notice, device = a_told(town, ada), a_device(town, ada)
        departing = depart(town, decided(town, notice, ada, way=PUSH, device=device))
        assert departing is not None
        delivery = departing.delivery
        assert (delivery.notice_id, delivery.kind) == (notice.id, notice.kind)
        assert (delivery.at, delivery.data) == (notice.at, notice.data)
        assert delivery.recipient == Recipient(ada, "ada", "Ada", "ada@example.org")
        assert delivery.device == Device(device.id, device.endpoint, device.p256dh, device.auth)
        assert delivery.attempt == 1
        assert why_not(departing.look) is None

    def test_what_was_decided_stands(self, town: Town) -> None:
        ada = town.person("ada")
        notice = a_told(town, ada)
        key = decided(town, notice, ada, state=State.SKIPPED, reason="online")
        decided(town, notice, ada)
        assert claim(town) == []
        assert states(town, key) == {EMAIL: ("skipped", "online", 0)}

    def test_a_claim_is_one_callers_until_its_lease_is_over(self, town: Town) -> None:
        ada = town.person("ada")
        keys = {decided(town, a_told(town, ada), ada) for _ in range(3)}
        with work_of(town) as work:
            first = work.deliveries.claim(EMAIL, 2, MINUTE)
        assert len(first) == 2
        assert {*first, *claim(town, lease=AT_ONCE)} == keys
        assert claim(town, PUSH) == []
        assert {*claim(town)} == keys - {*first}

    def test_a_delivery_leaves_once(self, town: Town) -> None:
        ada = town.person("ada")
        key = decided(town, a_told(town, ada), ada)
        outcomes = at_once(*[lambda: depart(town, key)] * 8)
        assert sum(outcome is not None for outcome in outcomes) == 1
        assert depart(town, key) is None
        assert claim(town) == []
        assert states(town, key) == {EMAIL: ("leaving", "offline", 1)}

    def test_who_holds_it_for_a_moment_keeps_it_from_nobody(self, town: Town) -> None:
        ada = town.person("ada")
        key = decided(town, a_told(town, ada), ada)
        claim(town)
        with ThreadPoolExecutor(1) as threads:
            with work_of(town) as work:
                work.deliveries.release([key])
                leaving, goes_on = threads.submit(depart, town, key), Event()
                Timer(0.1, goes_on.set).start()
                goes_on.wait(10)
            assert leaving.result() is not None

    def test_what_surely_did_not_leave_is_due_again(self, town: Town) -> None:
        ada = town.person("ada")
        key = decided(town, a_told(town, ada), ada)
        depart(town, key)
        with work_of(town) as work:
            work.deliveries.put_back(key, "mail_unavailable", MINUTE)
        assert claim(town) == []
        again = depart(town, key)
        assert again is not None
        assert again.delivery.attempt == 2
        with work_of(town) as work:
            work.deliveries.put_back(key, "mail_unavailable", AT_ONCE)
        assert claim(town) == [key]
        assert states(town, key) == {EMAIL: ("waiting", "mail_unavailable", 2)}

    def test_a_claim_can_end_early_for_what_has_not_left(self, town: Town) -> None:
        ada = town.person("ada")
        left, waits, comes_later = (decided(town, a_told(town, ada), ada) for _ in range(3))
        assert len(claim(town)) == 3
        depart(town, left)
        with work_of(town) as work:
            work.deliveries.release([left, waits])
        assert claim(town) == [waits]
        assert states(town, left) == {EMAIL: ("leaving", "offline", 1)}
        assert states(town, comes_later) == {EMAIL: ("waiting", "offline", 0)}

    def test_how_it_ended_is_kept(self, town: Town) -> None:
        ada = town.person("ada")
        key = decided(town, a_told(town, ada), ada)
        with work_of(town) as work:
            work.deliveries.settle(key, State.SENT, "")
        assert states(town, key) == {EMAIL: ("sent", "offline", 0)}
        with work_of(town) as work:
            work.deliveries.settle(key, State.FAILED, "mail_refused")
        assert states(town, key) == {EMAIL: ("failed", "mail_refused", 0)}

    def test_a_device_was_used_when_a_push_to_it_was_sent(self, town: Town) -> None:
        ada = town.person("ada")
        notice = a_told(town, ada)
        devices = [a_device(town, ada, used_at=None) for _ in range(2)]
        sent, failed = (
            decided(town, notice, ada, way=PUSH, device=device, reason="device")
            for device in devices
        )
        with work_of(town) as work:
            work.deliveries.settle(sent, State.SENT, "")
            work.deliveries.settle(failed, State.FAILED, "push_refused")
        with town.container.begin_devices()() as work:
            kept = {device.id: device.used_at for device in work.devices.of(ada)}
        assert kept[devices[0].id] is not None
        assert kept[devices[1].id] is None

    def test_who_died_in_the_middle_is_given_up_and_not_repeated(self, town: Town) -> None:
        ada = town.person("ada")
        lost, waiting = (decided(town, a_told(town, ada), ada) for _ in range(2))
        depart(town, lost)
        with work_of(town) as work:
            assert work.deliveries.give_up(MINUTE, 10) == 0
            assert work.deliveries.give_up(-MINUTE, 10) == 1
        assert states(town, lost) == {EMAIL: ("lost", "sender_died", 1)}
        assert claim(town) == [waiting]

    def test_the_last_look_sees_what_changed_meanwhile(self, town: Town) -> None:
        ada = town.person("ada")
        prove(town, ada, "ada@example.org")
        fine = LastLook(
            is_active=True,
            has_read=False,
            is_over=False,
            is_wanted=True,
            is_followed=True,
            has_target=True,
        )

        def look(notice: Notice, way: str = EMAIL, device: PushDevice | None = None) -> LastLook:
            departing = depart(town, decided(town, notice, ada, way=way, device=device))
            assert departing is not None
            return departing.look

        assert look(a_told(town, ada)) == fine
        read = a_told(town, ada)
        with work_of(town) as work:
            work.inboxes.read(ada, [read.id], now())
        assert look(read) == replace(fine, has_read=True)
        over = a_told(town, ada)
        with work_of(town) as work:
            work.notices.save(replace(over, over_at=now()))
        assert look(over) == replace(fine, is_over=True)
        unfollowed = a_told(town, ada)
        host = town.person("host")
        followed = a_told(town, ada, replace(unfollowed, id=new_id(), subject=host, audience=host))
        assert look(followed) == replace(fine, is_followed=False)
        gone = a_device(town, ada, ended_at=now())
        assert look(a_told(town, ada), PUSH, gone) == replace(fine, has_target=False)
        prove(town, ada, "another@example.org")
        assert look(a_told(town, ada)) == replace(fine, has_target=False)

    def test_a_standing_has_every_field(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo", active=False)
        notice = a_told(town, ada)
        a_told(town, bo, notice)
        prove(town, ada, "ADA@example.org")
        device = a_device(town, ada)
        a_device(town, ada, ended_at=now())
        with work_of(town) as work:
            work.inboxes.read(ada, None, now())
            people = [ada, bo, town.person("without"), ProfileId(new_id())]
            found = work.standings.of(notice, people)
        assert found == [
            Standing([ada], has_read=True, has_proven_email=True, wishes={}, devices=[device.id]),
            Standing([bo], is_active=False, wishes={}, devices=[]),
        ]

    def test_who_stands_alike_stands_together(self, town: Town) -> None:
        ada, bo, cy, di = (town.person(name) for name in ("ada", "bo", "cy", "di"))
        notice = a_told(town, ada)
        for person in (bo, cy, di):
            a_told(town, person, notice)
        device = a_device(town, bo)
        town.container.change_preferences()(actor=di, change={notice.kind: {"push": False}})
        with work_of(town) as work:
            found = work.standings.of(notice, [di, cy, bo, ada])
        assert found == [
            Standing([ada, cy], wishes={}, devices=[]),
            Standing([bo], wishes={}, devices=[device.id]),
            Standing([di], wishes={"push": False}, devices=[]),
        ]

    def test_what_is_decided_is_kept_for_each(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo")
        notice, device = a_told(town, ada), a_device(town, ada)
        mail, push = Decision(EMAIL, State.WAITING, "offline"), Decision(PUSH, State.SKIPPED, "no")
        to_device = Decision(PUSH, State.WAITING, "device", device.id)
        with work_of(town) as work:
            work.deliveries.add(notice.id, [])
            work.deliveries.add(
                notice.id, [Decided([ada, bo], [mail, push]), Decided([ada], [to_device])]
            )
        for_ada, for_bo = (DeliveryKey(notice.id, person, EMAIL) for person in (ada, bo))
        assert {*claim(town)} == {for_ada, for_bo}
        assert claim(town, PUSH) == [DeliveryKey(notice.id, ada, PUSH, device.id)]

    def test_of_devices_that_go_at_once_the_last_is_replaced_by_a_mail(self, town: Town) -> None:
        ada = town.person("ada")
        notice, devices = a_told(town, ada), [a_device(town, ada) for _ in range(4)]
        decided(town, notice, ada, state=State.SKIPPED, reason="has_device")
        keys = [
            decided(town, notice, ada, way=PUSH, device=device, reason="device")
            for device in devices
        ]
        start = Barrier(len(keys))

        def go(key: DeliveryKey) -> bool:
            with work_of(town) as work:
                if not is_one_at_a_time(town):
                    start.wait(10)
                work.deliveries.forget_device(key.target)
                return work.deliveries.mail_instead(key)

        with ThreadPoolExecutor(len(keys)) as threads:
            assert sum(threads.map(go, keys)) == 1
        assert len(claim(town)) == 1

    def test_what_is_about_somebody_who_left_is_dropped_and_not_counted(self, town: Town) -> None:
        ada, host = town.person("ada"), town.person("host")
        prove(town, ada, "ada@example.org")
        notice = a_told(town, ada, replace(a_notice(), audience=host, over_at=None))
        key = decided(town, notice, ada)
        with town.container.begin_identity()() as identity:
            identity.deletions.erase(host)
        assert claim(town, lease=AT_ONCE) == [key]
        assert depart(town, key) is None
        assert claim(town) == []
        reads = town.container.inbox_reads()
        assert reads.page(ada, before=None, limit=9) == []
        assert reads.unread(ada) == 0
        assert town.container.traces().of(ada, notice.id) is None

    def test_a_mail_goes_instead_of_the_last_device(self, town: Town) -> None:
        ada = town.person("ada")
        notice, first, second = a_told(town, ada), a_device(town, ada), a_device(town, ada)
        decided(town, notice, ada, state=State.SKIPPED, reason="has_device")
        keys = [
            decided(town, notice, ada, way=PUSH, device=device, reason="device")
            for device in (first, second)
        ]
        with work_of(town) as work:
            work.deliveries.forget_device(first.id)
            assert not work.deliveries.mail_instead(keys[0])
            work.deliveries.forget_device(second.id)
            assert work.deliveries.mail_instead(keys[1])
            assert not work.deliveries.mail_instead(keys[1])
        assert len(claim(town)) == 1
        assert states(town, keys[0])[EMAIL] == ("waiting", "devices_gone", 0)
        with town.container.begin_devices()() as work:
            assert work.devices.of(ada) == []

    def test_who_was_not_told_because_it_was_over_is_decided_about_again(self, town: Town) -> None:
        people = [town.person(name) for name in ("ada", "bo", "cy", "told", "unwilling")]
        notice, other = a_notice(), a_notice()
        for person in people[:3]:
            state = State.DROPPED if person == people[1] else State.SKIPPED
            decided(town, notice, person, state=state, reason="over")
            decided(town, notice, person, way=PUSH, state=state, reason="over")
        decided(town, notice, people[3], state=State.SENT)
        decided(town, notice, people[4], state=State.SKIPPED, reason="not_wanted")
        decided(town, other, people[3], state=State.SKIPPED, reason="over")
        with work_of(town) as work:
            assert work.deliveries.reopen(notice.id, 2)
            assert not work.deliveries.reopen(notice.id, 2)
        with work_of(town) as work:
            batches = [batch for batch in (work.batches.take() for _ in range(3)) if batch]
        assert {batch.notice_id for batch in batches} == {notice.id}
        assert sorted(len(batch.people) for batch in batches) == [1, 2]
        assert sorted(one for batch in batches for one in batch.people) == sorted(people[:3])
        assert len({batch.id for batch in batches}) == 2
        for person in people:
            decided(town, notice, person)
        assert {key.profile_id for key in claim(town)} == {*people[:3]}

    def test_a_trace_is_its_owners(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo")
        notice, device = a_told(town, ada), a_device(town, ada)
        key = decided(town, notice, ada, way=PUSH, device=device, reason="device")
        decided(town, notice, ada, state=State.SKIPPED, reason="has_device")
        traces = town.container.traces()
        assert [(view.way, view.target) for view in traces.of(ada, notice.id) or ()] == [
            (EMAIL, ""),
            (PUSH, device.device),
        ]
        assert traces.of(bo, notice.id) is None
        assert traces.of(ada, new_id()) is None
        assert states(town, key)[PUSH] == ("waiting", "device", 0)

    def test_what_was_to_be_shown_live_can_be_asked_for(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo")
        shown, muted, early = (
            replace(a_told(town, person), at=now()) for person in (ada, ada, ada)
        )
        decided(town, shown, ada, way=IN_APP, state=State.SENT, reason="online")
        decided(town, muted, ada, way=IN_APP, state=State.SKIPPED, reason="not_wanted")
        missed = town.container.missed()
        assert missed([ada, bo], early.at + MINUTE) == {}
        found = missed([ada, bo], shown.at - timedelta(days=10_000))
        assert {who: [view.id for view in views] for who, views in found.items()} == {
            ada: [shown.id]
        }


class DevicesContract:
    """``DeviceRepository``. Subclasses give ``town``."""

    def test_every_field_of_a_device_comes_back(self, town: Town) -> None:
        ada = town.person("ada")
        device = a_device(town, ada)
        with town.container.begin_devices()() as work:
            found = work.devices.of(ada)
        assert [asdict(one) for one in found] == [asdict(device)]

    def test_an_endpoint_is_one_persons(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo")
        device = a_device(town, ada)
        session = a_session(town, bo)
        new = replace(device, id=DeviceId(new_id()), profile_id=bo, session_id=session, auth="2")
        with town.container.begin_devices()() as work:
            assert work.devices.put(new) == replace(new, id=device.id)
            assert work.devices.of(ada) == []
            assert work.devices.of(bo) == [replace(new, id=device.id)]

    def test_the_newest_is_first_and_ended_sessions_have_none(self, town: Town) -> None:
        ada = town.person("ada")
        first, second = a_device(town, ada), a_device(town, ada)
        a_device(town, ada, ended_at=now())
        with town.container.begin_devices()() as work:
            assert [device.id for device in work.devices.of(ada)] == [second.id, first.id]

    def test_a_device_is_removed_by_its_owner(self, town: Town) -> None:
        ada, bo = town.person("ada"), town.person("bo")
        device = a_device(town, ada)
        with town.container.begin_devices()() as work:
            assert not work.devices.remove(bo, device.id)
            assert work.devices.remove(ada, device.id)
            assert not work.devices.remove(ada, device.id)
            assert work.devices.of(ada) == []
