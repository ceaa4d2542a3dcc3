"""What each command does in the room itself: a function of the scene, answering the sender."""

from collections.abc import Callable, Mapping
from typing import Any

from stonks.application.chat.effects.messages import clear, delete, pin, unpin
from stonks.application.chat.effects.modes import followers, slow
from stonks.application.chat.effects.sanctions import ban, mute, timeout, unban, unmute
from stonks.application.chat.scene import Scene
from stonks.domain.chat import commands as c

EFFECTS: Mapping[type[c.Command], Callable[[Scene, Any], str]] = {
    c.Mute: mute,
    c.Unmute: unmute,
    c.Timeout: timeout,
    c.Ban: ban,
    c.Unban: unban,
    c.Delete: delete,
    c.Clear: clear,
    c.Pin: pin,
    c.Unpin: unpin,
    c.Slow: slow,
    c.Followers: followers,
}
