"""Whatever goes wrong in a request is answered as a problem, and never with a stack trace."""

from collections.abc import Mapping

import structlog
from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from stonks.domain.errors import Refusal
from stonks.entrypoints.http.problems import Problem, problem_of

log = structlog.get_logger(__name__)

CODES: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "this request cannot be read"),
    404: ("not_found", "there is nothing here"),
    405: ("method_not_allowed", "this address does not take this method"),
    413: ("body_too_large", "the body is larger than 1 MiB"),
    415: ("unsupported_media_type", "send the body as application/json"),
    431: ("headers_too_large", "the headers are too large"),
}


def answer_failures(app: Flask) -> None:
    """Make ``app`` answer refusals, errors of HTTP itself, and surprises."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _surprised)


def _refused(refusal: Refusal) -> Response:
    return problem_of(refusal).response()


def _http(error: HTTPException) -> Response | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    code, detail = CODES.get(error.code, (_slug(error.name), error.name.lower()))
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return Problem(error.code, code, detail, headers=headers).response()


def _surprised(error: Exception) -> Response:
    log.error("request_failed", method=request.method, path=request.path, exc_info=error)
    return Problem(500, "internal_error", "something went wrong here; it is on record").response()


def _slug(name: str) -> str:
    return name.lower().replace(" ", "_").replace("-", "_")
