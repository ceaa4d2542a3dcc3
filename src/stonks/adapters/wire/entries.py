"""Entries of the log as frames."""

from collections.abc import Mapping

from stonks.adapters.wire.frames import EntryActor, EntryFrame, RoleName, encode
from stonks.application.chat.ports import EntryView
from stonks.domain.chat.entry import Entry
from stonks.domain.chat.role import Role
from stonks.domain.times import rfc3339

ROLE_NAMES: Mapping[Role, RoleName] = {
    Role.ANONYMOUS: "anonymous",
    Role.MEMBER: "member",
    Role.ADMIN: "ADMIN",
    Role.HOST: "HOST",
    Role.SUPERADMIN: "SUPERADMIN",
}
_HIDDEN: Mapping[str, object] = {"hidden": True}


def shown(view: EntryView) -> EntryFrame:
    """The frame of an entry as readers may see it: a hidden message keeps only its place."""
    return _frame(view.entry, view.entry.data if view.hidden is None else _HIDDEN)


def entry_frame(view: EntryView) -> bytes:
    """The whole WebSocket frame of an entry, ready to be written to everybody."""
    return encode(shown(view))


def fresh_frame(entry: Entry) -> bytes:
    """The same for an entry that has just been stored, which nobody can have hidden yet."""
    return encode(_frame(entry, entry.data))


def _frame(entry: Entry, data: Mapping[str, object]) -> EntryFrame:
    actor = entry.actor
    return EntryFrame(
        room=entry.room_id,
        seq=entry.seq,
        at=rfc3339(entry.at),
        kind=entry.kind.value,
        actor=EntryActor(id=actor.profile_id, username=actor.username, role=ROLE_NAMES[actor.role]),
        data=data,
    )
