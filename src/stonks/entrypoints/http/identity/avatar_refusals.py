"""How avatars are refused, for the document."""

from stonks.domain.errors import Invalid, Limited, Unavailable
from stonks.entrypoints.http.problems import Problem


def _image(code: str, reason: str) -> Invalid:
    return Invalid(code, f"image {reason}", errors={"image": [reason]})


IMAGE_MISSING = _image("image_missing", "is to be the one part of the body, as a file")
NOT_AN_IMAGE = _image("not_an_image", "is no JPEG, PNG, WebP or GIF that can be read")
IMAGE_TOO_LARGE = _image("image_too_large", "has more than 40 megapixels")
UPLOAD_TOO_LARGE = Problem(413, "upload_too_large", "send one image of up to 5 MiB, no more")
OTHER_MEDIA = Problem(415, "unsupported_media_type", "send the body as multipart/form-data")
TOO_MANY_AVATARS = Limited(
    "too_many_attempts", "too many attempts; try again later", retry_after=600, limit="avatars"
)
MEDIA_AWAY = Unavailable("media_unavailable", "files cannot be kept at this moment")
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment")
BUSY = Unavailable("busy", "too many images are being made at this moment")
