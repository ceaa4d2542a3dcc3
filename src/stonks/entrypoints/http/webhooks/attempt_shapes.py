"""How attempts read over HTTP."""

from datetime import timedelta
from typing import Any

from marshmallow import fields, validate

from stonks.domain.times import rfc3339
from stonks.domain.webhooks.attempt import Attempt, Outcome, Reason
from stonks.entrypoints.http.bodies import PageQuery, Shape

OUTCOMES = [outcome.value for outcome in Outcome]


class AttemptsQuery(PageQuery):
    outcome = fields.String(
        validate=validate.OneOf(OUTCOMES), metadata={"description": "Only those that ended so."}
    )


class AttemptShape(Shape):
    id = fields.UUID(required=True)
    event_id = fields.String(
        required=True, metadata={"description": "Its `webhook-id`, the same in every attempt."}
    )
    event_type = fields.String(required=True)
    seq = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of the log; `null` for tests and verifications."},
    )
    at = fields.DateTime(required=True)
    duration_ms = fields.Integer(required=True)
    outcome = fields.String(
        required=True,
        metadata={
            "enum": OUTCOMES,
            "description": "`unknown` where its sender died, and sent it again.",
        },
    )
    status = fields.Integer(
        required=True, allow_none=True, metadata={"description": "That was answered, if any was."}
    )
    reason = fields.String(required=True, allow_none=True, metadata={"enum": [*Reason, None]})
    detail = fields.String(
        required=True, metadata={"description": "For people. What was answered is not shown."}
    )


class AttemptPageShape(Shape):
    items = fields.List(fields.Nested(AttemptShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def attempt_json(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": str(attempt.id),
        "eventId": attempt.event_id,
        "eventType": attempt.event_type,
        "seq": attempt.seq,
        "at": rfc3339(attempt.at),
        "durationMs": round(attempt.duration / timedelta(milliseconds=1)),
        "outcome": attempt.outcome.value,
        "status": attempt.status,
        "reason": attempt.reason and attempt.reason.value,
        "detail": attempt.detail,
    }
