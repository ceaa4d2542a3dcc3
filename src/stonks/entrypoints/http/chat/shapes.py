"""What comes in and goes out of the chat's routes."""

from typing import Any

from marshmallow import fields, validate

from stonks.adapters.wire.entries import ROLE_NAMES, shown
from stonks.application.chat.ports import EntryView, SanctionView
from stonks.domain.chat.entry import EntryKind
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, PageQuery, Shape

LARGEST_SEQ = 2**53 - 1
KINDS = ", ".join(f"`{kind.value}`" for kind in EntryKind)


def _seq(about: str) -> fields.Integer:
    in_range = validate.Range(0, LARGEST_SEQ)
    return fields.Integer(validate=in_range, metadata={"description": about})


class SendBody(Body):
    text = fields.String(
        required=True,
        metadata={"description": "A message of 1 to 500 characters, or a line with a command."},
    )
    nonce = fields.String(
        metadata={
            "description": "Your name for this message: sent again, it is the same message.",
            "minLength": 1,
            "maxLength": 64,
        },
    )


class HistoryQuery(PageQuery):
    before = _seq("Entries with a smaller `seq`; the newest come where neither is given.")
    after = _seq("Entries with a greater `seq`.")


class PostedShape(Shape):
    room = fields.UUID(required=True)
    seq = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    nonce = fields.String(required=True, allow_none=True)


class CommandResultShape(Shape):
    command = fields.String(required=True)
    detail = fields.String(required=True)
    data = fields.Dict(required=True)


class ActorShape(Shape):
    id = fields.UUID(required=True)
    username = fields.String(required=True, allow_none=True)
    role = fields.String(required=True, metadata={"enum": list(ROLE_NAMES.values())})


class EntryShape(Shape):
    room = fields.UUID(required=True)
    seq = fields.Integer(required=True)
    at = fields.DateTime(required=True)
    kind = fields.String(
        required=True,
        metadata={"description": f"What happened: {KINDS}; others may be added."},
    )
    actor = fields.Nested(ActorShape, required=True)
    data = fields.Dict(
        required=True,
        metadata={"description": "A message has `text`, or `hidden`; others what changed."},
    )


class AuditEntryShape(EntryShape):
    hidden = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Why a message is hidden, whose text is still shown here."},
    )


class EntryPageShape(Shape):
    items = fields.List(fields.Nested(EntryShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class AuditPageShape(Shape):
    items = fields.List(fields.Nested(AuditEntryShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class SanctionShape(Shape):
    username = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["ban", "mute"]})
    by = fields.String(required=True)
    at = fields.DateTime(required=True)
    until = fields.DateTime(required=True, allow_none=True)
    reason = fields.String(required=True)


class SanctionPageShape(Shape):
    items = fields.List(fields.Nested(SanctionShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def entry_json(view: EntryView) -> dict[str, Any]:
    """As everybody may see it."""
    frame = shown(view)
    return {
        "room": str(frame.room),
        "seq": frame.seq,
        "at": frame.at,
        "kind": frame.kind,
        "actor": {
            "id": str(frame.actor.id),
            "username": frame.actor.username,
            "role": frame.actor.role,
        },
        "data": frame.data,
    }


def audit_json(view: EntryView) -> dict[str, Any]:
    """As moderators see it."""
    return entry_json(view) | {"data": view.entry.data, "hidden": view.hidden}


def sanction_json(view: SanctionView) -> dict[str, Any]:
    sanction = view.sanction
    return {
        "username": view.username,
        "kind": sanction.kind,
        "by": view.by_username,
        "at": rfc3339(sanction.at),
        "until": sanction.until and rfc3339(sanction.until),
        "reason": sanction.reason,
    }
