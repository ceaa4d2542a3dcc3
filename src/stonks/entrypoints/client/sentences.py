"""Entries of a log in words."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from stonks.adapters.wire.frames import EntryFrame, InboxEntry
from stonks.domain.chat.duration import spell_duration
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.words import words_of

Data = Mapping[str, Any]
NOBODY = "somebody"
_SENTENCES: Mapping[str, Callable[[str, Data], str]] = {
    "message": lambda who, data: f"{who}: {data.get('text', '(removed)')}",
    "message_hidden": lambda who, data: f"{who} removed message {data['seq']}",
    "messages_cleared": lambda who, data: f"{who} removed the messages of {data['username']}",
    "message_pinned": lambda who, data: f"{who} pinned message {data['seq']}",
    "message_unpinned": lambda who, _: f"{who} took the pinned message down",
    "member_muted": lambda who, data: f"{who} muted {data['username']}",
    "member_unmuted": lambda who, data: f"{who} let {data['username']} write again",
    "member_timed_out": lambda who, data: (
        f"{who} gave {data['username']} a break of {_length(data)}{_because(data)}"
    ),
    "member_banned": lambda who, data: f"{who} banned {data['username']}{_because(data)}",
    "member_unbanned": lambda who, data: f"{who} let {data['username']} in again",
    "admin_set": lambda who, data: f"{who} made {data['username']} an ADMIN",
    "admin_unset": lambda _, data: f"{data['username']} is no longer ADMIN",
    "title_changed": lambda who, data: f'{who} called this "{data["title"]}"',
    "description_changed": lambda who, _: f"{who} wrote a new description",
    "slow_mode_changed": lambda who, data: f"{who} turned slow mode {_mode(data)}",
    "followers_mode_changed": lambda who, data: f"{who} turned followers mode {_mode(data)}",
    "channel_suspended": lambda _, data: f"this channel is suspended{_because(data)}",
    "channel_unsuspended": lambda _who, _data: "this channel is open again",
    "stream_started": lambda who, data: f'{who} went live: "{data["title"]}"',
    "stream_ended": lambda who, data: _end_of_stream(who, data),
    "member_joined": lambda who, _: f"{who} joined",
    "member_left": lambda who, _: f"{who} left",
    "members_counted": lambda _, data: _count(data["count"]),
}


def sentence(entry: EntryFrame) -> str:
    """What happened, in a line that is safe to show; of kinds that are newer, only the kind."""
    who = entry.actor.username or NOBODY
    spell = _SENTENCES.get(entry.kind)
    kind = entry.kind.replace("_", " ")
    return printable(f"{who}: {kind}" if spell is None else spell(who, entry.data))


def told(notification: InboxEntry) -> str:
    """What somebody is told, the same way."""
    try:
        words = words_of(NoticeKind(notification.kind), notification.data)
    except (ValueError, LookupError):
        return printable(notification.kind.replace("_", " "))
    return printable(f"{words.title}: {words.body}")


def printable(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _length(data: Data) -> str:
    return spell_duration(timedelta(seconds=data["seconds"]))


def _end_of_stream(who: str, data: Data) -> str:
    if data["reason"] == "vanished":
        return f"the stream is over: {who} was gone for too long"
    return "the stream is over" if data["reason"] == "suspended" else f"{who} ended the stream"


def _count(people: int) -> str:
    return "1 person is here" if people == 1 else f"{people} people are here"


def _because(data: Data) -> str:
    return f": {data['reason']}" if data.get("reason") else ""


def _mode(data: Data) -> str:
    return "off" if data["seconds"] is None else f"on: {_length(data)}"
