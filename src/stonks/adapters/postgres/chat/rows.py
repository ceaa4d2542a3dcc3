"""From rows of the log to entries."""

from typing import Any

from stonks.application.chat.ports import EntryView, Hidden
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role

ENTRY = """e.room_id, e.seq, e.at, e.kind, e.actor_id, e.actor_role, e.nonce, e.data, e.hidden,
       p.username"""
"""The columns that ``view_of`` reads: of ``entries e``, and of the actor's ``"Profile" p``."""


def view_of(row: tuple[Any, ...]) -> EntryView:
    room_id, seq, at, kind, actor_id, role, nonce, data, hidden, username = row
    actor = Actor(actor_id, username, Role(role))
    entry = Entry(room_id, seq, at, EntryKind(kind), actor, data, nonce)
    return EntryView(entry, None if hidden is None else Hidden(hidden))
