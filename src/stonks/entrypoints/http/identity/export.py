"""Taking one's data along."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from flask import Response

from stonks.application.identity.export.export_data import EXPORTS_OF_ACCOUNT, Export
from stonks.application.identity.export.ports import Row
from stonks.application.identity.ports import SignedIn
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.identity.export_shapes import (
    EXPORT,
    NO_LIMITS,
    TOO_MANY_EXPORTS,
    ExportShape,
)
from stonks.entrypoints.http.identity.shapes import profile_json
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

ROWS_AT_ONCE = 100
_encode = msgspec.json.Encoder().encode


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/me/export")
    @routes.limited(200, lambda: [EXPORTS_OF_ACCOUNT])
    @routes.for_members
    @routes.answers(200, ExportShape, example=EXPORT)
    @routes.refuses(TOO_MANY_EXPORTS, NO_LIMITS)
    def export_data(person: SignedIn) -> Response:
        """Take one's data along

        Everything that is kept about this person, as a file; no secrets. It is written as it is
        read: a document that does not end broke off.
        """
        export = container.export_data()(actor=person.profile_id)
        name = f"stonks-{export.profile.username}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        head = profile_json(export.profile)
        return Response(_written(export, head), 200, headers, mimetype="application/json")


def _written(export: Export, profile: Row) -> Iterator[bytes]:
    head = _encode({"exportedAt": rfc3339(export.at), "profile": profile})
    yield head[:-1]
    for name, rows in export.sections:
        yield b"," + _encode(name) + b":["
        yield from _batches(rows)
        yield b"]"
    yield b"}"


def _batches(rows: Iterator[Row]) -> Iterator[bytes]:
    batch, comma = list[bytes](), b""
    for row in rows:
        batch.append(_encode(row))
        if len(batch) == ROWS_AT_ONCE:
            yield comma + b",".join(batch)
            batch, comma = [], b","
    if batch:
        yield comma + b",".join(batch)
