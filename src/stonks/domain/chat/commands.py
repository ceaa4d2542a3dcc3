"""The commands of live chat: what each takes, who may use it, how it is spelled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from stonks.domain.chat.participant import Participant
from stonks.domain.chat.role import Role
from stonks.domain.chat.sanction import USUAL_TIMEOUT
from stonks.domain.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person asks of a room."""


@dataclass(frozen=True, slots=True)
class SetAdmin(Command):
    username: str


@dataclass(frozen=True, slots=True)
class UnsetAdmin(Command):
    username: str


@dataclass(frozen=True, slots=True)
class Mute(Command):
    username: str


@dataclass(frozen=True, slots=True)
class Unmute(Command):
    username: str


@dataclass(frozen=True, slots=True)
class Ban(Command):
    username: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unban(Command):
    username: str


@dataclass(frozen=True, slots=True)
class Timeout(Command):
    username: str
    length: timedelta = USUAL_TIMEOUT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suspend(Command):
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unsuspend(Command):
    pass


@dataclass(frozen=True, slots=True)
class SetTitle(Command):
    title: str


@dataclass(frozen=True, slots=True)
class SetDescription(Command):
    description: str


@dataclass(frozen=True, slots=True)
class Delete(Command):
    seq: int


@dataclass(frozen=True, slots=True)
class Clear(Command):
    username: str


@dataclass(frozen=True, slots=True)
class Slow(Command):
    interval: timedelta | None


@dataclass(frozen=True, slots=True)
class Followers(Command):
    least: timedelta | None


@dataclass(frozen=True, slots=True)
class Pin(Command):
    seq: int


@dataclass(frozen=True, slots=True)
class Unpin(Command):
    pass


@dataclass(frozen=True, slots=True)
class Help(Command):
    pass


_ANYONE = frozenset({Role.MEMBER, Role.ADMIN, Role.HOST, Role.SUPERADMIN})
_HOST = frozenset({Role.HOST})
_CHANNEL = frozenset({Role.ADMIN, Role.HOST})
_MODERATORS = frozenset({Role.ADMIN, Role.HOST, Role.SUPERADMIN})
_STAFF = frozenset({Role.SUPERADMIN})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a command, and how it is spelled."""

    usage: str
    who: frozenset[Role]
    summary: str

    @property
    def word(self) -> str:
        """The words that name the command, such as ``/set admin``."""
        words = self.usage.split()
        return " ".join(words[:2]) if words[0] in ("/set", "/unset") else words[0]

    def allows(self, person: Participant) -> bool:
        return person.role in self.who or person.channel_role in self.who

    def must_allow(self, person: Participant) -> None:
        """Raise ``Forbidden`` (``not_allowed``) for anybody else."""
        if not self.allows(person):
            who = ", ".join(role.name for role in sorted(self.who))
            raise Forbidden("not_allowed", f"{self.word} is for {who}; usage: {self.usage}")


RULES: Mapping[type[Command], Rule] = {
    SetAdmin: Rule("/set admin @user", _HOST, "give the role ADMIN"),
    UnsetAdmin: Rule("/unset admin @user", _HOST, "take the role ADMIN"),
    Mute: Rule("/mute @user", _MODERATORS, "may read, not write"),
    Unmute: Rule("/unmute @user", _MODERATORS, "may write again"),
    Ban: Rule("/ban @user [reason]", _MODERATORS, "out of this chat; hides their messages"),
    Unban: Rule("/unban @user", _MODERATORS, "in again; shows their messages"),
    Timeout: Rule("/timeout @user [10m] [reason]", _MODERATORS, "muted for 1s to 14d"),
    Suspend: Rule("/suspend [reason]", _STAFF, "suspend the channel"),
    Unsuspend: Rule("/unsuspend", _STAFF, "open the channel again"),
    SetTitle: Rule('/set title "…"', _CHANNEL, "1 to 140 characters"),
    SetDescription: Rule('/set description "…"', _CHANNEL, "up to 2,000 characters"),
    Delete: Rule("/delete SEQ", _MODERATORS, "hide one message"),
    Clear: Rule("/clear @user", _MODERATORS, "hide a person's messages"),
    Slow: Rule("/slow 30s|off", _CHANNEL, "one message a person each 3s to 120s"),
    Followers: Rule("/followers 10m|off", _CHANNEL, "only followers of at least that long write"),
    Pin: Rule("/pin SEQ", _CHANNEL, "pin one message"),
    Unpin: Rule("/unpin", _CHANNEL, "unpin it"),
    Help: Rule("/help", _ANYONE, "the commands that you may use here"),
}
