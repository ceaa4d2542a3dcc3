"""Reading one file out of a form, and never more than it may be."""

from io import BytesIO
from typing import IO

from flask import abort, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from stonks.domain.errors import Invalid
from stonks.entrypoints.http.identity.avatar_refusals import (
    IMAGE_MISSING,
    OTHER_MEDIA,
    UPLOAD_TOO_LARGE,
)

LARGEST_IMAGE = 5 * 1024 * 1024
AROUND_IT = 16 * 1024
AT_ONCE = 256 * 1024  # the parser reads 64 KiB at a time and keeps what it has not cut yet
MOST_PARTS = 4
FIELD = "image"


def uploaded_image() -> bytes:
    """The file ``image``, which is the only part of the request's form."""
    if request.mimetype != "multipart/form-data":
        abort(OTHER_MEDIA.response())
    try:
        return _only_image()
    except RequestEntityTooLarge:
        abort(UPLOAD_TOO_LARGE.response())


def _only_image() -> bytes:
    request.max_content_length = LARGEST_IMAGE + AROUND_IT
    parser = FormDataParser(
        stream_factory=_in_memory,
        max_form_memory_size=AT_ONCE,
        max_content_length=LARGEST_IMAGE + AROUND_IT,
        max_form_parts=MOST_PARTS,
        silent=False,
    )
    try:
        _, form, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
    except ValueError:
        raise _missing() from None
    if form or set(files) != {FIELD} or len(files.getlist(FIELD)) != 1:
        raise _missing()
    image: bytes = files[FIELD].stream.read()
    if len(image) > LARGEST_IMAGE:
        raise RequestEntityTooLarge
    return image


def _in_memory(*_: object, **__: object) -> IO[bytes]:
    """No file of the upload's own: it is small, and disks fill up."""
    return BytesIO()


def _missing() -> Invalid:
    return IMAGE_MISSING
