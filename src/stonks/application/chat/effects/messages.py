"""Hide messages, and pin one."""

from stonks.application.chat.ports import Hidden
from stonks.application.chat.scene import Scene
from stonks.domain.chat import commands as c
from stonks.domain.chat.entry import EntryKind
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId


def delete(scene: Scene, command: c.Delete) -> str:
    """Hide one message: one's own, or that of somebody who ranks below."""
    author = _author(scene, command.seq)
    if author != scene.actor.profile_id:
        _must_outrank_author(scene, author)
    scene.work.log.hide(scene.room.id, command.seq, Hidden.DELETED)
    scene.record(EntryKind.MESSAGE_HIDDEN, {"seq": command.seq})
    unpin_if_hidden(scene)
    return f"message {command.seq} is hidden"


def clear(scene: Scene, command: c.Clear) -> str:
    person = scene.target(command.username)
    hidden = scene.work.log.hide_of(scene.room.id, person.profile_id, Hidden.CLEARED)
    if hidden == 0:
        return f"{person.username} has no messages here"
    about = {"profileId": str(person.profile_id), "username": person.username}
    scene.record(EntryKind.MESSAGES_CLEARED, {**about, "hidden": hidden})
    unpin_if_hidden(scene)
    return f"{hidden} messages of {person.username} are hidden"


def pin(scene: Scene, command: c.Pin) -> str:
    _author(scene, command.seq)
    if not scene.room.pin(command.seq):
        return f"message {command.seq} is pinned already"
    scene.work.rooms.save(scene.room)
    scene.record(EntryKind.MESSAGE_PINNED, {"seq": command.seq})
    return f"message {command.seq} is pinned"


def unpin(scene: Scene, command: c.Unpin) -> str:
    if not scene.room.pin(None):
        return "no message is pinned"
    scene.work.rooms.save(scene.room)
    scene.record(EntryKind.MESSAGE_UNPINNED, {})
    return "the message is unpinned"


def unpin_if_hidden(scene: Scene) -> None:
    """A message that is hidden does not stay pinned."""
    pinned = scene.room.pinned
    if pinned is not None and scene.work.log.author_of(scene.room.id, pinned) is None:
        unpin(scene, c.Unpin())


def _author(scene: Scene, seq: int) -> ProfileId:
    author = scene.work.log.author_of(scene.room.id, seq)
    if author is None:
        raise NotFound("unknown_message", f"there is no message {seq}")
    return author


def _must_outrank_author(scene: Scene, author: ProfileId) -> None:
    writer = (scene.room.id, author)
    person = scene.work.participants.of([writer]).get(writer)
    if person is not None:  # what somebody wrote who has left is nobody's to defend
        scene.actor.must_outrank(person)
