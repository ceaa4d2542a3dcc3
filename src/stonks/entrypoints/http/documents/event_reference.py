"""``docs/webhook-events.md``: every type of event, from the structs that are sent."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from stonks.adapters.webhooks.examples import EXAMPLES, SECRET, example_headers
from stonks.adapters.webhooks.payloads import CHAT_EVENTS, ChatEvent, EventActor
from stonks.adapters.webhooks.signing import written_secret
from stonks.domain.webhooks.event_type import EventType
from stonks.entrypoints.http.documents.events import STRUCTS, event_schemas
from stonks.entrypoints.http.documents.fields import FieldRow, fields_of
from stonks.entrypoints.http.documents.prose import prose
from stonks.entrypoints.http.documents.webhooks import ABOUT

HEAD = """# Events

What receivers of webhooks are sent. This page is written by `stonks openapi --webhooks`, from the
code that sends; the same is in `/openapi.json`, under `webhooks`, with a JSON schema each.

The body of each request is a JSON object:

| field | type | meaning |
|---|---|---|
| `type` | string | what happened: one of those below |
| `timestamp` | date-time | when it happened: RFC 3339, UTC, milliseconds |
| `data` | object | what there is to say about it |

Fields and types may be added: pass over those that you do not know. What is null is there.
"""
COMMON = """
## What all chat events have

The `data` of whatever begins with `chat.` has these fields, and those that are listed
with its type.

"""
ACTOR = """
An `EventActor`:

"""
REQUEST = """
## A whole request

It is signed with `{secret}`; the body is one line,
without a line break at its end.

```
{request}
```

"""


def event_reference() -> str:
    schemas = event_schemas()
    common = list(fields_of(schemas[CHAT_EVENTS[EventType.MESSAGE_UNPINNED].__name__]))
    parts = [HEAD, *_contents(), COMMON, *_table(common)]
    parts += [ACTOR, *_table(fields_of(schemas[EventActor.__name__])), _request()]
    return "".join([*parts, *(_section(type_, schemas) for type_ in STRUCTS)])


def _contents() -> Iterator[str]:
    yield "\n## Types\n\n"
    for type_ in STRUCTS:
        yield f"- [`{type_}`](#{_anchor(type_)})\n"


def _anchor(type_: str) -> str:
    """As GitHub names a heading."""
    return type_.replace(".", "")


def _request() -> str:
    type_ = EventType.MESSAGE_POSTED.value
    told = "".join(f"| `{name}` | {about} |\n" for name, about in ABOUT.items())
    lines = [f"{name}: {value}" for name, value in example_headers(type_).items()]
    request = "\n".join([*lines, "", EXAMPLES[type_].body.decode()])
    about = REQUEST.format(secret=written_secret(SECRET), request=request)
    return f"{about}| header | meaning |\n|---|---|\n{told}"


def _section(type_: str, schemas: Mapping[str, Any]) -> str:
    struct = STRUCTS[type_]
    example = msgspec.json.format(EXAMPLES[type_].body, indent=2).decode()
    rows = "".join(_own_fields(struct, schemas[struct.__name__]))
    return f"\n## `{type_}`\n\n{prose(struct)}\n\n{rows}\n```json\n{example}\n```\n"


def _own_fields(struct: type[Struct], schema: Mapping[str, Any]) -> Iterator[str]:
    shared = msgspec.structs.fields(ChatEvent) if issubclass(struct, ChatEvent) else ()
    known = {field.encode_name for field in shared}
    own = [row for row in fields_of(schema) if row.name not in known]
    return _table(own) if own else iter(["It has no fields but those that all chat events have.\n"])


def _table(rows: Iterable[FieldRow]) -> Iterator[str]:
    yield "| field | type | meaning |\n|---|---|---|\n"
    for row in rows:
        yield _row(row)


def _row(row: FieldRow) -> str:
    return f"| `{row.name}` | {row.kind} | {row.about} |\n"
