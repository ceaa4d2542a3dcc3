"""What HOSTs do with their webhooks, on every store."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from dependency_injector import providers

from stonks.adapters.sealing import AesSealer, new_sealing_key, read_key
from stonks.application.ports import Limit
from stonks.application.resealing import Resealed
from stonks.application.webhooks.opening import context_of
from stonks.application.webhooks.ports import EndpointView
from stonks.application.webhooks.reseal_endpoints import ResealEndpoints
from stonks.application.webhooks.viewing import EndpointWithSecret
from stonks.domain.errors import Refusal
from stonks.domain.ids import ChannelId, EndpointId, ProfileId
from stonks.domain.webhooks.endpoint import MOST_OF_A_CHANNEL, Status
from stonks.entrypoints.http.webhooks.attempt_shapes import attempt_json
from stonks.entrypoints.http.webhooks.shapes import endpoint_json
from tests.contracts.endpoint_props import URL, an_endpoint
from tests.contracts.identity_races import at_once
from tests.contracts.receivers import WillingReceivers
from tests.contracts.town import Town
from tests.contracts.webhook_stores import a_channel, write

OTHER = f"{URL}/other"
LATER, NEW = (read_key(new_sealing_key()) for _ in range(2))


@dataclass(frozen=True, slots=True)
class Desk:
    """A HOST at work, who meets no limits, and whose receivers answer challenges."""

    town: Town
    receivers: WillingReceivers
    host: ProfileId
    channel_id: ChannelId

    def do(self, name: str, endpoint_id: EndpointId | None = None, **given: Any) -> Any:
        named = {} if endpoint_id is None else {"endpoint_id": endpoint_id}
        call = getattr(self.town.container, name)()
        return call(actor=self.host, channel_id=self.channel_id, **named, **given)

    def add(self) -> EndpointId:
        return an_endpoint(self.town.container, self.host, self.channel_id, is_active=False)

    def read(self, endpoint_id: EndpointId) -> EndpointView:
        view: EndpointView = self.do("read_endpoint", endpoint_id)
        return view


class Unlimited:
    limits: tuple[Limit, ...] = ()

    def __call__(self, person: ProfileId) -> None:
        """Nobody is too fast."""


class ManagingContract:
    """Subclasses give ``town``."""

    @pytest.fixture
    def desk(self, town: Town) -> Desk:
        box, receivers = town.container, WillingReceivers()
        box.egress.override(providers.Object(receivers))
        for pace in (box.endpoint_pace, box.endpoint_request_pace):
            pace.override(providers.Object(Unlimited()))
        channel = a_channel(town)
        return Desk(town, receivers, channel.host_id, channel.id)

    def test_what_a_use_case_answers_is_what_is_read_then(self, town: Town, desk: Desk) -> None:
        write(town, a_locked(desk), 3)
        made: EndpointWithSecret = desk.do(
            "add_endpoint", url=URL, description="one", event_types=["chat.member_left"]
        )
        id_ = made.view.endpoint.id
        assert desk.read(id_) == made.view
        steps: list[tuple[str, dict[str, Any]]] = [
            ("activate_endpoint", {}),
            ("replay_events", {"from_seq": 2}),
            ("change_endpoint", {"description": "two", "event_types": []}),
            ("rotate_secret", {}),
            ("change_endpoint", {"url": OTHER}),
            ("activate_endpoint", {}),
        ]
        for name, given in steps:
            answered = desk.do(name, id_, **given)
            view = answered.view if isinstance(answered, EndpointWithSecret) else answered
            assert endpoint_json(desk.read(id_)) == endpoint_json(view), name
        desk.do("remove_endpoint", id_)
        assert desk.do("list_endpoints", limit=9) == []

    def test_the_first_time_it_begins_with_what_happens_then_and_later_where_it_stopped(
        self, town: Town, desk: Desk
    ) -> None:
        id_ = desk.add()
        write(town, a_locked(desk), 3)
        assert desk.do("activate_endpoint", id_).endpoint.position == 3
        write(town, a_locked(desk), 2)
        view = desk.do("activate_endpoint", id_)
        assert (view.endpoint.position, view.behind) == (3, 2)

    def test_every_attempt_is_on_record(self, desk: Desk) -> None:
        id_ = desk.add()
        desk.do("activate_endpoint", id_)
        tested = desk.do("send_test", id_)
        newest, first = desk.do("list_attempts", id_, limit=9)
        assert attempt_json(newest) == attempt_json(tested)
        assert (first.event_type, first.endpoint_id) == ("webhook.verification", id_)

    def test_secrets_are_kept_sealed_for_their_endpoint_alone(self, desk: Desk) -> None:
        made: EndpointWithSecret = desk.do("add_endpoint", url=URL)
        rotated: EndpointWithSecret = desk.do("rotate_secret", made.view.endpoint.id)
        endpoint, other = desk.read(made.view.endpoint.id).endpoint, desk.add()
        opened = desk.town.container.open_secrets()
        now = desk.town.container.now()()
        assert opened.of(endpoint, now).secrets == [rotated.secret, made.secret]
        for secret in (made.secret, rotated.secret):
            assert secret not in endpoint.secret + (endpoint.old_secret or b"")
        with pytest.raises(Refusal) as refused:
            opened(other, URL, [endpoint.secret])
        assert refused.value.code == "sealing_key_missing"

    def test_whoever_rotates_a_secret_that_no_key_opens_signs_with_the_new_one(
        self, desk: Desk
    ) -> None:
        id_, box = desk.add(), desk.town.container
        lose_the_key(desk)
        with pytest.raises(Refusal) as refused:
            desk.do("activate_endpoint", id_)
        assert refused.value.code == "sealing_key_missing"
        rotated: EndpointWithSecret = desk.do("rotate_secret", id_)
        desk.do("activate_endpoint", id_)
        opened = box.open_secrets().of(desk.read(id_).endpoint, box.now()())
        assert opened.secrets == [rotated.secret]

    def test_what_is_lost_of_a_rotation_does_not_keep_the_rest_from_a_new_key(
        self, desk: Desk
    ) -> None:
        id_, box = desk.add(), desk.town.container
        lose_the_key(desk)
        assert box.reseal_endpoints()() == Resealed(lost=1)
        rotated: EndpointWithSecret = desk.do("rotate_secret", id_)
        before, new = desk.read(id_).endpoint, AesSealer([NEW, LATER])
        assert ResealEndpoints(box.begin_webhooks(), new)() == Resealed(anew=1)
        endpoint = desk.read(id_).endpoint
        assert AesSealer([NEW]).open(endpoint.secret, context=context_of(id_)) == rotated.secret
        assert endpoint.old_secret == before.old_secret

    def test_of_many_who_add_at_once_no_more_get_in_than_there_is_room_for(
        self, desk: Desk
    ) -> None:
        for _ in range(MOST_OF_A_CHANNEL - 3):
            desk.add()
        answers = Counter(map(kind_of, at_once(*[desk.add] * 8)))
        assert answers == {"done": 3, "too_many_endpoints": 5}
        assert len(desk.do("list_endpoints", limit=99)) == MOST_OF_A_CHANNEL

    @pytest.mark.parametrize("turn", range(5))
    def test_moving_while_it_is_verified_never_ends_active_where_nobody_was_asked(
        self, desk: Desk, turn: int
    ) -> None:
        id_ = desk.add()
        activate: Callable[[], object] = lambda: desk.do("activate_endpoint", id_)  # noqa: E731
        move: Callable[[], object] = lambda: desk.do("change_endpoint", id_, url=OTHER)  # noqa: E731
        answers = set(map(kind_of, at_once(activate, move, activate)))
        assert answers <= {"done", "endpoint_changed"}
        endpoint, asked = desk.read(id_).endpoint, {it.url for it in desk.receivers.asked}
        assert endpoint.url == OTHER
        assert endpoint.status is Status.PENDING or OTHER in asked

    def test_rotations_at_once_leave_the_secrets_of_two(self, desk: Desk) -> None:
        id_ = desk.add()
        made = at_once(*[lambda: desk.do("rotate_secret", id_)] * 4)
        endpoint = desk.read(id_).endpoint
        now = desk.town.container.now()()
        kept = desk.town.container.open_secrets().of(endpoint, now).secrets
        shown = {it.secret for it in made if isinstance(it, EndpointWithSecret)}
        assert len(shown) == 4
        assert len(set(kept) & shown) == 2

    def test_removing_it_while_it_is_tested_breaks_nothing(self, desk: Desk) -> None:
        id_ = desk.add()
        desk.do("activate_endpoint", id_)
        test = lambda: desk.do("send_test", id_)  # noqa: E731
        answers = at_once(test, lambda: desk.do("remove_endpoint", id_), test)
        assert set(map(kind_of, answers)) <= {"done", "unknown_endpoint"}
        assert kind_of(answers[1]) == "done"

    def test_the_challenge_names_channel_and_endpoint(self, desk: Desk) -> None:
        id_ = desk.add()
        desk.do("activate_endpoint", id_)
        (asked,) = desk.receivers.asked
        data = json.loads(asked.body)["data"]
        assert (data["channel"], data["endpoint"]) == ("host-channel", str(id_))


def lose_the_key(desk: Desk) -> None:
    """Whatever was sealed so far opens no more."""
    box = desk.town.container
    box.sealer.override(providers.Object(AesSealer([LATER])))
    box.open_secrets.reset()


def a_locked(desk: Desk) -> Any:
    with desk.town.container.begin_webhooks()() as work:
        return work.channels.get(desk.channel_id)


def kind_of(answer: object) -> str:
    return answer if isinstance(answer, str) else "done"
