"""How it reads why somebody was told, or not."""

from typing import Any

from marshmallow import fields, validate

from stonks.adapters.devices import read_device
from stonks.application.notifications.ports import TraceView
from stonks.domain.notifications.delivery import State
from stonks.domain.notifications.explaining import explain
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Shape

STATES = (
    "`skipped`: it was decided not to use this way. `waiting`: to be sent, or sent again. "
    "`leaving`: being sent. `sent`. `failed`. `dropped`: not wanted any more when its turn came. "
    "`lost`: nobody knows whether it was sent, so it is not sent again."
)


class DeliveryShape(Shape):
    way = fields.String(required=True, metadata={"description": "`inApp`, `push`, `email`, …"})
    device = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "For people to read. Null where there is none, or no more."},
    )
    state = fields.String(
        required=True,
        validate=validate.OneOf([state.value for state in State]),
        metadata={"description": STATES},
    )
    reason = fields.String(
        required=True, metadata={"description": "Stable, for programs; ways may bring their own."}
    )
    detail = fields.String(required=True, metadata={"description": "The reason, for people."})
    attempts = fields.Integer(required=True, metadata={"description": "How often it was sent."})
    decided_at = fields.DateTime(required=True)
    changed_at = fields.DateTime(required=True)


class DeliveryPageShape(Shape):
    items = fields.List(fields.Nested(DeliveryShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def trace_json(view: TraceView) -> dict[str, Any]:
    return {
        "way": view.way,
        "device": read_device(view.target) if view.target else None,
        "state": view.state,
        "reason": view.reason,
        "detail": explain(view.way, view.reason),
        "attempts": view.attempts,
        "decidedAt": rfc3339(view.decided_at),
        "changedAt": rfc3339(view.changed_at),
    }
