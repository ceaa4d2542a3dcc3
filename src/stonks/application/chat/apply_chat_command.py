"""Carry out a line that starts with a slash."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stonks.application.chat.effects import EFFECTS
from stonks.application.chat.ports import Attempt, ChannelControl, ChatWork, Pace
from stonks.application.chat.scene import Scene, enter
from stonks.application.ports import Begin, Clock
from stonks.domain.chat import commands as c
from stonks.domain.chat.parser import parse_command
from stonks.domain.chat.role import Role
from stonks.domain.ids import ChannelId, ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What the sender, and nobody else, is told. ``data`` is JSON-ready."""

    command: str
    detail: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ApplyChatCommand:
    """Do what a command asks for, if this person may; a refused one changes nothing."""

    begin: Begin[ChatWork]
    pace: Pace
    channels: ChannelControl
    now: Clock

    def __call__(self, *, actor: ProfileId, room_id: RoomId, line: str) -> CommandResult:
        command = parse_command(line)
        self._must_not_hurry(actor, room_id, line)
        rule = c.RULES[type(command)]
        with self.begin() as work:
            scene = enter(work, room_id, actor, self.now())
            _must_allow(scene, command)
            if isinstance(command, c.Help):
                return _help(scene)
            if effect := EFFECTS.get(type(command)):
                return CommandResult(rule.word, effect(scene, command))
        return CommandResult(rule.word, self._control(actor, scene.room.stage.channel_id, command))

    def _must_not_hurry(self, actor: ProfileId, room_id: RoomId, line: str) -> None:
        """Commands count like messages do, but with the limit of who moderates."""
        (refusal,) = self.pace.admit([Attempt(room_id, actor, Role.ADMIN, line, None)])
        if refusal is not None:
            raise refusal

    def _control(self, actor: ProfileId, channel_id: ChannelId, command: c.Command) -> str:
        """What the channel itself is asked; its own rules are asked again there."""
        channels = self.channels
        match command:
            case c.SetTitle(title):
                return _said(channels.retitle(actor, channel_id, title), "the title is set")
            case c.SetDescription(text):
                return _said(channels.describe(actor, channel_id, text), "the description is set")
            case c.SetAdmin(username):
                changed = channels.set_admin(actor, channel_id, username)
                return _said(changed, f"{username} is ADMIN now")
            case c.UnsetAdmin(username):
                changed = channels.unset_admin(actor, channel_id, username)
                return _said(changed, f"{username} is not ADMIN any more")
            case c.Suspend(reason):
                return _said(
                    channels.suspend(actor, channel_id, reason), "the channel is suspended"
                )
            case c.Unsuspend():
                return _said(channels.unsuspend(actor, channel_id), "the channel is open again")
        raise AssertionError(command)


def _said(changed: bool, detail: str) -> str:
    return detail if changed else "nothing changed: it was so already"


def _must_allow(scene: Scene, command: c.Command) -> None:
    rule, actor = c.RULES[type(command)], scene.actor
    actor.must_be_welcome(scene.at)
    rule.must_allow(actor)
    if isinstance(command, c.Help):
        return
    actor.must_have_a_voice(scene.at)
    if not isinstance(command, c.Suspend | c.Unsuspend):
        scene.room.must_be_open()


def _help(scene: Scene) -> CommandResult:
    rules = [rule for rule in c.RULES.values() if rule.allows(scene.actor)]
    listed = [{"usage": rule.usage, "summary": rule.summary} for rule in rules]
    detail = "\n".join(f"{rule.usage}: {rule.summary}" for rule in rules)
    return CommandResult("/help", detail, {"commands": listed})
