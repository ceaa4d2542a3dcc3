"""Why a socket is closed."""

from enum import IntEnum


class CloseCode(IntEnum):
    """RFC 6455 section 7.4.1 up to 2999; Stonks's own from 4000."""

    NORMAL = 1000
    PROTOCOL_ERROR = 1002
    TOO_BIG = 1009
    BAD_UTF8 = 1007
    INTERNAL = 1011
    RESTARTING = 1012
    SESSION_ENDED = 4001
    BANNED = 4003
    TOO_MANY_FRAMES = 4008
    FELL_BEHIND = 4009
    CHANNEL_SUSPENDED = 4010
    BAD_FRAMES = 4014


MEANINGS = {
    CloseCode.NORMAL: "over; there is nothing to come back to",
    CloseCode.PROTOCOL_ERROR: "not the WebSocket protocol, or compressed",
    CloseCode.TOO_BIG: "a message is larger than a frame may be",
    CloseCode.BAD_UTF8: "a text frame is not UTF-8",
    CloseCode.INTERNAL: "something went wrong here; reconnect",
    CloseCode.RESTARTING: "the server restarts; reconnect with jitter and `after`",
    CloseCode.SESSION_ENDED: "the session ended; sign in again",
    CloseCode.BANNED: "banned from this chat",
    CloseCode.TOO_MANY_FRAMES: "too many frames",
    CloseCode.FELL_BEHIND: "too slow to keep up; reconnect with `after`",
    CloseCode.CHANNEL_SUSPENDED: "the channel is suspended",
    CloseCode.BAD_FRAMES: "too many frames that make no sense",
}
