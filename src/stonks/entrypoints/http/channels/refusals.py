"""How the channels' routes refuse, for the document."""

from stonks.domain.channels.stream import already_live, not_live
from stonks.domain.errors import Conflict, Forbidden, Invalid, Limited, NotFound

UNKNOWN_CHANNEL = NotFound("unknown_channel", "there is no such channel")
UNKNOWN_PROFILE = NotFound("unknown_profile", "there is nobody of this name")
SLUG_TAKEN = Conflict("slug_taken", "this slug is taken")
SUSPENDED = Forbidden("channel_suspended", "this channel is suspended")
ALREADY_LIVE = already_live()
NOT_LIVE = not_live()
TOO_MANY_STREAMS = Limited(
    "too_many_streams",
    "you started too many streams; try again later",
    retry_after=600,
    limit="streams",
)
HOST_ONLY = Forbidden("host_only", "only the channel's HOST may do this")
NOT_ALLOWED = Forbidden("not_allowed", "only the channel's HOST and ADMINs may do this")
NOT_HOST_NOR_STAFF = Forbidden("not_allowed", "only the channel's HOST and SUPERADMIN may do this")
NOT_YOURSELF = Forbidden("not_yourself", "the HOST needs no other role")
MAY_NOT_OPEN = Forbidden("may_not_open_channels", "your account may not open channels")
STAFF_ONLY = Forbidden("staff_only", "only SUPERADMIN may do this")
_LONG = "takes at most 140 characters"
TITLE_TOO_LONG = Invalid("title_too_long", f"title {_LONG}", errors={"title": [_LONG]})
_SLUG = "takes 3 to 40 letters, digits and hyphens, with no hyphen at an end"
BAD_SLUG = Invalid("slug_malformed", f"slug {_SLUG}", errors={"slug": [_SLUG]})
_RESERVED = "is reserved"
RESERVED_SLUG = Invalid("slug_reserved", "this slug is reserved", errors={"slug": [_RESERVED]})
