"""How the routes of ``/admin`` refuse, for the document."""

from stonks.application.identity.accounts.record_reading import unknown_profile
from stonks.domain.errors import Conflict, Forbidden, Invalid, NotFound
from stonks.domain.identity.account_type import built_in
from stonks.domain.identity.permission import Permission


def _field(code: str, field: str, reason: str) -> Invalid:
    return Invalid(code, f"{field} {reason}", errors={field: [reason]})


STAFF_ONLY = Forbidden("staff_only", "only SUPERADMIN may do this")
RANK_TOO_LOW = Forbidden("rank_too_low", "this person's rank is not below yours")
BEYOND_YOUR_OWN = Forbidden("beyond_your_own", "it allows what you may not do yourself")
STAFF_BY_COMMAND = Forbidden("staff_by_command", "`stonks staff` alone gives and takes SUPERADMIN")
UNKNOWN_PROFILE = unknown_profile()
UNKNOWN_TYPE = NotFound("unknown_account_type", "there is no such account type")
DELETED = Conflict("profile_deleted", "this profile is deleted")
TYPE_TAKEN = Conflict("account_type_taken", "there is an account type of this name already")
BUILT_IN = built_in("member")
BAD_NAME = _field(
    "name_malformed", "name", "takes 2 to 30 of a-z, 0-9 and '-', and begins with a letter"
)
RESERVED_NAME = _field("name_reserved", "name", "is reserved")
LONG_DESCRIPTION = _field("description_too_long", "description", "takes at most 200 characters")
UNKNOWN_PERMISSION = _field(
    "permission_unknown", "permissions", f"takes some of {', '.join(Permission)}; not chat.shout"
)
NOT_FOR_EVERYBODY = _field("not_for_everybody", "permissions", "cannot give everybody audit.read")
BAD_ACTOR = _field("actor_bad_characters", "actor", "contains characters that cannot be shown")
BAD_Q = _field("q_too_short", "q", "takes at least 1 character")
