"""What leaves as JSON."""

import msgspec
from flask import Response

_encode = msgspec.json.Encoder().encode


def answer(body: object, status: int = 200) -> Response:
    """``body``, made of plain mappings, lists and scalars, as a JSON response."""
    return Response(_encode(body), status, mimetype="application/json")


def nothing() -> Response:
    """204: done, and there is nothing to say."""
    return Response(status=204)
