"""How the routes of following refuse, for the document."""

from stonks.domain.errors import Forbidden, Limited, NotFound

UNKNOWN_PROFILE = NotFound("unknown_profile", "nobody has this username")
NOT_YOURSELF = Forbidden("not_yourself", "nobody follows themselves")
TOO_MANY_FOLLOWS = Limited(
    "too_many_follows",
    "you follow too many at once; try again later",
    retry_after=60,
    limit="follows",
)
