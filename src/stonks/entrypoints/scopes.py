"""Which scope a personal access token needs for what is written in chat."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from stonks.domain.chat import commands as c
from stonks.domain.chat.message import is_command
from stonks.domain.chat.parser import parse_command
from stonks.domain.errors import Invalid
from stonks.domain.identity.scope import Scope

if TYPE_CHECKING:
    from stonks.application.identity.ports import SignedIn

NEEDED: Mapping[type[c.Command], Scope] = {
    c.Help: Scope.CHAT_WRITE,
    c.SetAdmin: Scope.CHANNELS_WRITE,
    c.UnsetAdmin: Scope.CHANNELS_WRITE,
    c.SetTitle: Scope.CHANNELS_WRITE,
    c.SetDescription: Scope.CHANNELS_WRITE,
    c.Suspend: Scope.ADMIN,
    c.Unsuspend: Scope.ADMIN,
    c.Mute: Scope.MODERATION,
    c.Unmute: Scope.MODERATION,
    c.Ban: Scope.MODERATION,
    c.Unban: Scope.MODERATION,
    c.Timeout: Scope.MODERATION,
    c.Delete: Scope.MODERATION,
    c.Clear: Scope.MODERATION,
    c.Slow: Scope.MODERATION,
    c.Followers: Scope.MODERATION,
    c.Pin: Scope.MODERATION,
    c.Unpin: Scope.MODERATION,
}


def must_allow(person: "SignedIn", text: str) -> None:
    """Raise ``Forbidden`` (``scope_missing``) where this person's token may not write that.

    Whoever signed in themselves may; what they may in the room is asked there.
    """
    if person.scopes is None:
        return
    person.must_have(Scope.CHAT_WRITE)
    if not is_command(text):
        return
    try:
        command = parse_command(text)
    except Invalid:
        return  # it does nothing, and is refused with what is wrong about it
    person.must_have(NEEDED.get(type(command)))
