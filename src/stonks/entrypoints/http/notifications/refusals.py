"""How the routes of notifications refuse, for the document."""

from stonks.domain.errors import Invalid, Limited, NotFound, Unavailable

_UNKNOWN = {"stream_started.pigeon": ["is no way in which people are told here"]}
UNKNOWN_PREFERENCE = Invalid("unknown_preference", "look at stream_started.pigeon", errors=_UNKNOWN)
BAD_LINK = Invalid(
    "unsubscribe_link_invalid",
    "this link is not whole; use the one in the mail",
    errors={"token": ["is no token that we gave"]},
)
UNKNOWN_NOTIFICATION = NotFound("unknown_notification", "there is no such notification")
UNKNOWN_DEVICE = NotFound("unknown_device", "there is no such device")
NO_PUSHES = NotFound("push_unavailable", "this Stonks pushes to no browsers")
BAD_SUBSCRIPTION = Invalid(
    "subscription_malformed",
    "endpoint is no https URL",
    errors={"endpoint": ["is no https URL"]},
)
TOO_MANY_DEVICES = Limited(
    "too_many_devices",
    "you registered too many browsers; try again later",
    retry_after=3600,
    limit="devices",
)
NO_RESOLVER = Unavailable(
    "egress_unresolved",
    "where the address leads cannot be told; try again in a moment",
    retry_after=10,
)
