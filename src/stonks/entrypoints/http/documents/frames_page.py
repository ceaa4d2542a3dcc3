"""What ``/docs/websocket`` shows of each frame."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from stonks.adapters.wire.examples import EXAMPLES
from stonks.entrypoints.http.documents.asyncapi import ANSWERS, schemas, tag_of
from stonks.entrypoints.http.documents.fields import FieldRow, fields_of
from stonks.entrypoints.http.documents.prose import prose


@dataclass(frozen=True, slots=True)
class FrameCard:
    """One frame: what it is for, what it is made of, and what it looks like."""

    tag: str
    about: Markup
    fields: Sequence[FieldRow]
    example: str
    answers: Sequence[str]


def cards(frames: Sequence[type[Struct]]) -> list[FrameCard]:
    known = schemas()
    return [_card(frame, known) for frame in frames]


def with_code(text: str) -> Markup:
    """Markdown's code spans and paragraphs as HTML; nothing else of it is used."""
    spans = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    paragraphs = spans.split("\n\n")
    return Markup("").join(Markup(f"<p>{paragraph}</p>") for paragraph in paragraphs)  # noqa: S704 -- escaped above


def _card(frame: type[Struct], known: Mapping[str, Any]) -> FrameCard:
    schema = known[frame.__name__]
    return FrameCard(
        tag=tag_of(frame),
        about=with_code(prose(frame)),
        fields=[row for row in fields_of(schema) if row.name != "type"],
        example=json.dumps(EXAMPLES[frame], indent=2),
        answers=[tag_of(answer) for answer in ANSWERS.get(frame, [])],
    )
