"""Browsers that take pushes."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Response

from stonks.application.identity.ports import SignedIn
from stonks.domain.errors import Invalid
from stonks.domain.identity.session import device_name
from stonks.domain.ids import DeviceId
from stonks.domain.notifications.way import PUSH
from stonks.entrypoints.http.identity.asking import origin
from stonks.entrypoints.http.json import answer, nothing
from stonks.entrypoints.http.notifications import examples, refusals
from stonks.entrypoints.http.notifications.device_shapes import (
    PushDevicePageShape,
    PushDeviceShape,
    PushKeyShape,
    PushSubscriptionBody,
    device_json,
)
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

PATH = [examples.DEVICE_PARAMETER]


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/push-key")
    @routes.answers(200, PushKeyShape, example=examples.PUSH_KEY)
    @routes.refuses(refusals.NO_PUSHES)
    def read_push_key() -> Response:
        """Read the key for pushes

        A browser subscribes with it, and takes pushes from whoever has its other half: this
        Stonks alone.
        """
        _must_push(container)
        return answer({"key": container.vapid().public_key})

    @routes.post("/push-subscriptions")
    @routes.for_members
    @routes.once
    @routes.takes(PushSubscriptionBody, example=examples.SUBSCRIPTION)
    @routes.answers(201, PushDeviceShape, example=examples.DEVICE)
    @routes.limited(201, lambda: container.device_pace().limits)
    @routes.refuses(
        refusals.NO_PUSHES,
        refusals.BAD_SUBSCRIPTION,
        refusals.TOO_MANY_DEVICES,
        refusals.NO_RESOLVER,
    )
    def register_push_subscription(body: dict[str, Any], person: SignedIn) -> Response:
        """Have a browser take pushes

        As long as the session that registers it goes on. The same endpoint again is the same
        device, and whoever registered it last has it. Of more than twenty the oldest goes.
        At most 20 in any hour.
        """
        _must_push(container)
        try:
            device = container.register_device()(
                actor=person.profile_id,
                session_id=person.session_id,
                endpoint=body["endpoint"],
                device=device_name(origin()["device"]),
                **body["keys"],
            )
        except Invalid as refusal:
            raise _named_as_sent(refusal) from None
        return answer(device_json(device, person.session_id), 201)

    @routes.get("/push-subscriptions")
    @routes.for_members
    @routes.answers(200, PushDevicePageShape, example=examples.DEVICES)
    def list_push_subscriptions(person: SignedIn) -> Response:
        """List the browsers that take one's pushes

        The newest first; a browser that logged out is not among them.
        """
        devices = container.list_devices()(actor=person.profile_id)
        shown = [device_json(device, person.session_id) for device in devices]
        return answer({"items": shown, "nextCursor": None})

    @routes.delete("/push-subscriptions/<uuid:device_id>", parameters=PATH)
    @routes.for_members
    @routes.answers(204, description="It gets no more pushes")
    @routes.refuses(refusals.UNKNOWN_DEVICE)
    def forget_push_subscription(device_id: UUID, person: SignedIn) -> Response:
        """Send a browser no more pushes"""
        container.forget_device()(actor=person.profile_id, device_id=DeviceId(device_id))
        return nothing()


def _must_push(container: "Container") -> None:
    if PUSH not in container.ways():
        raise refusals.NO_PUSHES


def _named_as_sent(refusal: Invalid) -> Invalid:
    """With the names that the fields have in the request, where the keys are together."""
    names = {"p256dh": "keys.p256dh", "auth": "keys.auth"}
    errors = {names.get(field, field): reasons for field, reasons in refusal.errors.items()}
    detail = "; ".join(f"{field} {', '.join(reasons)}" for field, reasons in errors.items())
    return Invalid(refusal.code, detail, errors=errors)
