"""How the routes of notifications refuse, for the document."""

from stonks.domain.errors import Invalid

_UNKNOWN = {"stream_started.pigeon": ["is no way in which people are told here"]}
UNKNOWN_PREFERENCE = Invalid("unknown_preference", "look at stream_started.pigeon", errors=_UNKNOWN)
BAD_LINK = Invalid(
    "unsubscribe_link_invalid",
    "this link is not whole; use the one in the mail",
    errors={"token": ["is no token that we gave"]},
)
