"""Recovery codes as JSON, or as a file to keep."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request

from stonks.entrypoints.http.identity.second_factors.examples import CODES
from stonks.entrypoints.http.identity.second_factors.shapes import recovery_codes_json
from stonks.entrypoints.http.json import answer

FILE = "stonks-recovery-codes.txt"
TEXT = "text/plain"


def as_text(codes: Sequence[str]) -> str:
    return "".join(f"{code}\n" for code in codes)


ALSO_TEXT: dict[str, Any] = {
    "responses": {
        200: {"content": {TEXT: {"schema": {"type": "string"}, "example": as_text(CODES)}}}
    },
}


def recovery_codes(codes: Sequence[str]) -> Response:
    """A text file for whoever asks for ``text/plain``, JSON for everybody else."""
    offered = ["application/json", TEXT]
    if request.accept_mimetypes.best_match(offered, offered[0]) != TEXT:
        return answer(recovery_codes_json(codes))
    response = Response(as_text(codes), mimetype=TEXT)
    response.headers.set("Content-Disposition", "attachment", filename=FILE)
    return response
