"""From entries of the log to what is sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from stonks.adapters.webhooks.payloads import CHAT_EVENTS, ChatEvent, Envelope, EventActor
from stonks.adapters.wire.entries import ROLE_NAMES
from stonks.application.chat.ports import EntryView
from stonks.application.webhooks.ports import Event
from stonks.domain.chat.entry import EntryKind
from stonks.domain.times import rfc3339
from stonks.domain.webhooks.event_type import EventType

TYPES: Mapping[EntryKind, EventType] = {
    kind: EventType.MESSAGE_POSTED if kind is EntryKind.MESSAGE else EventType(f"chat.{kind}")
    for kind in EntryKind
}
KINDS: Mapping[str, EntryKind] = {type_: kind for kind, type_ in TYPES.items()}
IN_THE_LOG: Mapping[str, str] = {"messageSeq": "seq"}
"""What an entry calls otherwise: beside the event's own ``seq`` there is no other."""
_HIDDEN: Mapping[str, object] = {"hidden": True}
_COMMON = len(msgspec.structs.fields(ChatEvent))
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class _Shape:
    """How events of one type are made: what an entry lacks is as its struct has it, or null."""

    type: str
    make: Callable[..., ChatEvent]
    taken: Sequence[tuple[str, Any]]


def event_of(view: EntryView, slug: str) -> Event:
    """What receivers are told of an entry; a hidden message keeps its place, without its text."""
    entry = view.entry
    shape, seq, room_id, actor = _SHAPES[entry.kind], entry.seq, entry.room_id, entry.actor
    given = entry.data if view.hidden is None else _HIDDEN
    who = EventActor(actor.profile_id, actor.username, ROLE_NAMES[actor.role])  # type: ignore[arg-type]
    taken = [given.get(name, default) for name, default in shape.taken]
    data = shape.make(slug, room_id, seq, who, *taken)
    body = _encode(Envelope(shape.type, rfc3339(entry.at), data))
    return Event(f"evt_{room_id.hex}_{seq}", shape.type, seq, body)


def _shape(type_: EventType) -> _Shape:
    struct = CHAT_EVENTS[type_]
    own = msgspec.structs.fields(struct)[_COMMON:]
    taken = [
        (IN_THE_LOG.get(field.encode_name, field.encode_name), _default(field)) for field in own
    ]
    return _Shape(type_.value, struct, taken)


def _default(field: msgspec.structs.FieldInfo) -> object:
    return None if field.default is msgspec.NODEFAULT else field.default


_SHAPES: Mapping[EntryKind, _Shape] = {kind: _shape(type_) for kind, type_ in TYPES.items()}
