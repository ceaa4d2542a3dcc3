"""How the chat's routes refuse, for the document."""

from stonks.domain.errors import Forbidden, Invalid, Limited, NotFound, Unavailable
from stonks.entrypoints.http.channels.refusals import SUSPENDED, UNKNOWN_CHANNEL, UNKNOWN_PROFILE

_LONG = "takes at most 500 characters"
TEXT_TOO_LONG = Invalid("text_too_long", f"text {_LONG}", errors={"text": [_LONG]})
BAD_COMMAND = Invalid("bad_command", "the person is missing; usage: /mute @user")
UNKNOWN_COMMAND = Invalid("unknown_command", "there is no such command; /help lists yours")
BANNED = Forbidden("banned", "you are banned from this chat")
MUTED = Forbidden("muted", "you are muted in this chat")
OUTRANKED = Forbidden("outranked", "mara does not rank below you")
FOLLOWERS_ONLY = Forbidden("followers_only", "only followers write here now")
NOT_ALLOWED = Forbidden("not_allowed", "only its author and moderators hide a message")
MODERATORS_ONLY = Forbidden("not_allowed", "only ADMIN, HOST and SUPERADMIN may read this")
UNKNOWN_MESSAGE = NotFound("unknown_message", "there is no message 7")
SLOW_DOWN = Limited("slow_down", "you are writing too fast", retry_after=4)
REPEATED = Limited("repeated", "you have just written this", retry_after=30)
SLOW_MODE = Limited("slow_mode", "this chat is in slow mode", retry_after=12)
TIMED_OUT = Limited("timed_out", "you are timed out in this chat", retry_after=600)
OVERLOADED = Unavailable("overloaded", "too many messages are waiting to be stored")

WRITING = (
    UNKNOWN_CHANNEL,
    UNKNOWN_PROFILE,
    TEXT_TOO_LONG,
    BAD_COMMAND,
    UNKNOWN_COMMAND,
    SUSPENDED,
    BANNED,
    MUTED,
    OUTRANKED,
    FOLLOWERS_ONLY,
    SLOW_DOWN,
    REPEATED,
    SLOW_MODE,
    TIMED_OUT,
    OVERLOADED,
)
HIDING = (UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, SUSPENDED, BANNED, NOT_ALLOWED, OUTRANKED, MUTED)
