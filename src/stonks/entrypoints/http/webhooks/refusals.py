"""How the routes of webhooks refuse, for the document."""

from stonks.domain.errors import Conflict, Invalid, Limited, NotFound, Unavailable

UNKNOWN_ENDPOINT = NotFound("unknown_endpoint", "there is no such endpoint")
TOO_MANY_ENDPOINTS = Conflict(
    "too_many_endpoints", "there are 20 webhooks already; remove one that is not used"
)
_NO_URL = "is no https URL"
FORBIDDEN_URL = Invalid("egress_forbidden", f"url {_NO_URL}", errors={"url": [_NO_URL]})
NO_RESOLVER = Unavailable(
    "egress_unresolved",
    "where the address leads cannot be told; try again in a moment",
    retry_after=10,
)
_LONG = "takes at most 200 characters"
DESCRIPTION_TOO_LONG = Invalid(
    "description_too_long", f"description {_LONG}", errors={"description": [_LONG]}
)
_NO_TYPE = "'chat.message' is no type of event"
UNKNOWN_TYPE = Invalid("unknown_event_type", _NO_TYPE, errors={"eventTypes": [_NO_TYPE]})
NOT_VERIFIED = Conflict(
    "verification_failed", "it was not verified: it answered 200, without the challenge"
)
CHANGED = Conflict("endpoint_changed", "its URL was changed meanwhile; activate it again")
NOT_ACTIVE = Conflict("endpoint_not_active", "activate this endpoint first")
_AHEAD = "takes at most 4, of which it is told next"
SEQ_AHEAD = Invalid("seq_ahead", f"fromSeq {_AHEAD}", errors={"fromSeq": [_AHEAD]})
TOO_MANY_CHANGES = Limited(
    "too_many_endpoint_changes",
    "you changed webhooks too often; try again later",
    retry_after=3600,
    limit="webhook-changes",
)
TOO_MANY_REQUESTS = Limited(
    "too_many_endpoint_requests",
    "you asked webhooks too often; try again later",
    retry_after=600,
    limit="webhook-requests",
)
NO_KEY = Unavailable(
    "sealing_key_missing",
    "the secret that this takes cannot be read now; use another way, or make a new secret",
    retry_after=60,
)
