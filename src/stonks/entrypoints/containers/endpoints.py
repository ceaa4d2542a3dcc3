"""What HOSTs do with their webhooks, wired."""

from dataclasses import replace
from functools import partial
from secrets import token_urlsafe

from dependency_injector import providers

from stonks.adapters.limits import ASKING_ENDPOINTS, CHANGING_ENDPOINTS, LimitedPace
from stonks.adapters.webhooks.own_events import TestEvent, VerificationEvent
from stonks.adapters.webhooks.signing import new_secret
from stonks.application.webhooks.activate_endpoint import ActivateEndpoint
from stonks.application.webhooks.add_endpoint import AddEndpoint
from stonks.application.webhooks.asking import FindReceiver
from stonks.application.webhooks.change_endpoint import ChangeEndpoint
from stonks.application.webhooks.reads import ListAttempts, ListEndpoints, ReadEndpoint
from stonks.application.webhooks.remove_endpoint import RemoveEndpoint
from stonks.application.webhooks.replay_events import ReplayEvents
from stonks.application.webhooks.rotate_secret import RotateSecret
from stonks.application.webhooks.send_test import SendTest
from stonks.entrypoints.containers.delivering import DeliveringContainer as Base

SECONDS_FOR_AN_ANSWER = 10.0
"""While a HOST waits for it."""
CHALLENGE_BYTES = 32


class EndpointsContainer(Base):
    new_secret = providers.Object(new_secret)
    new_challenge = providers.Object(partial(token_urlsafe, CHALLENGE_BYTES))
    send_while_waiting = providers.Callable(replace, Base.send_event, longest=SECONDS_FOR_AN_ANSWER)
    endpoint_pace = providers.Singleton(
        LimitedPace,
        Base.windows,
        Base.windows_alone,
        providers.Object(CHANGING_ENDPOINTS),
        Base.settings.provided.limits_scale,
    )
    endpoint_request_pace = providers.Singleton(
        LimitedPace,
        Base.windows,
        Base.windows_alone,
        providers.Object(ASKING_ENDPOINTS),
        Base.settings.provided.limits_scale,
    )

    add_endpoint = providers.Factory(
        AddEndpoint,
        begin=Base.begin_webhooks,
        egress=Base.egress,
        pace=endpoint_pace,
        sealer=Base.sealer,
        new_secret=new_secret,
        now=Base.now,
        new_id=Base.new_id,
    )
    change_endpoint = providers.Factory(
        ChangeEndpoint,
        begin=Base.begin_webhooks,
        egress=Base.egress,
        pace=endpoint_pace,
        record_unsure=Base.record_unsure,
        now=Base.now,
    )
    remove_endpoint = providers.Factory(RemoveEndpoint, Base.begin_webhooks)
    rotate_secret = providers.Factory(
        RotateSecret,
        begin=Base.begin_webhooks,
        pace=endpoint_pace,
        sealer=Base.sealer,
        new_secret=new_secret,
        record_unsure=Base.record_unsure,
        now=Base.now,
    )
    replay_events = providers.Factory(
        ReplayEvents,
        begin=Base.begin_webhooks,
        pace=endpoint_request_pace,
        record_unsure=Base.record_unsure,
        hint=Base.hint,
        now=Base.now,
    )

    find_receiver = providers.Factory(
        FindReceiver, Base.begin_webhooks, Base.open_secrets, Base.now
    )
    activate_endpoint = providers.Factory(
        ActivateEndpoint,
        find=find_receiver,
        begin=Base.begin_webhooks,
        pace=endpoint_request_pace,
        new_challenge=new_challenge,
        new_verification=providers.Singleton(VerificationEvent, Base.new_id),
        send=send_while_waiting,
        record_unsure=Base.record_unsure,
        hint=Base.hint,
        now=Base.now,
    )
    send_test = providers.Factory(
        SendTest,
        find=find_receiver,
        begin=Base.begin_webhooks,
        pace=endpoint_request_pace,
        new_test=providers.Singleton(TestEvent, Base.new_id),
        send=send_while_waiting,
    )

    list_endpoints = providers.Factory(ListEndpoints, Base.begin_webhooks, Base.endpoint_reads)
    read_endpoint = providers.Factory(ReadEndpoint, Base.begin_webhooks, Base.endpoint_reads)
    list_attempts = providers.Factory(ListAttempts, read_endpoint, Base.endpoint_reads)
