"""Mute, time out, ban, and their ends."""

from datetime import datetime

from stonks.application.chat.effects.messages import unpin_if_hidden
from stonks.application.chat.ports import Hidden
from stonks.application.chat.scene import Scene
from stonks.domain.chat import commands as c
from stonks.domain.chat.duration import spell_duration
from stonks.domain.chat.entry import EntryKind
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.sanction import Sanction, SanctionKind, check_reason, check_timeout
from stonks.domain.times import rfc3339


def mute(scene: Scene, command: c.Mute) -> str:
    person = scene.target(command.username)
    if _is_muted_for_good(scene, person):
        return f"{person.username} is muted already"
    _put(scene, person, SanctionKind.MUTE)
    scene.record(EntryKind.MEMBER_MUTED, _about(person))
    return f"{person.username} is muted"


def timeout(scene: Scene, command: c.Timeout) -> str:
    person = scene.target(command.username)
    until = scene.at + check_timeout(command.length)
    reason = check_reason(command.reason)
    if _is_muted_for_good(scene, person):
        return f"{person.username} is muted already, for longer"
    _put(scene, person, SanctionKind.MUTE, until, reason)
    length = spell_duration(command.length)
    seconds = int(command.length.total_seconds())
    data = {**_about(person), "seconds": seconds, "until": rfc3339(until), "reason": reason}
    scene.record(EntryKind.MEMBER_TIMED_OUT, data)
    return f"{person.username} is timed out for {length}"


def unmute(scene: Scene, command: c.Unmute) -> str:
    person = scene.target(command.username)
    lifted = scene.work.sanctions.lift(scene.room.id, person.profile_id, SanctionKind.MUTE)
    if not (lifted and person.is_muted(scene.at)):
        return f"{person.username} is not muted"
    scene.record(EntryKind.MEMBER_UNMUTED, _about(person))
    return f"{person.username} may write again"


def ban(scene: Scene, command: c.Ban) -> str:
    person = scene.target(command.username)
    reason = check_reason(command.reason)
    if person.is_banned(scene.at):
        return f"{person.username} is banned already"
    _put(scene, person, SanctionKind.BAN, reason=reason)
    hidden = scene.work.log.hide_of(scene.room.id, person.profile_id, Hidden.BANNED)
    data = {**_about(person), "reason": reason, "hidden": hidden}
    scene.record(EntryKind.MEMBER_BANNED, data)
    unpin_if_hidden(scene)
    return f"{person.username} is banned"


def unban(scene: Scene, command: c.Unban) -> str:
    person = scene.target(command.username)
    if not scene.work.sanctions.lift(scene.room.id, person.profile_id, SanctionKind.BAN):
        return f"{person.username} is not banned"
    shown = scene.work.log.show_of(scene.room.id, person.profile_id, Hidden.BANNED)
    scene.record(EntryKind.MEMBER_UNBANNED, {**_about(person), "shown": shown})
    return f"{person.username} is welcome again"


def _put(
    scene: Scene,
    person: Participant,
    kind: SanctionKind,
    until: datetime | None = None,
    reason: str = "",
) -> None:
    by = scene.actor.profile_id
    sanction = Sanction(scene.room.id, person.profile_id, kind, by, scene.at, until, reason)
    scene.work.sanctions.put(sanction)


def _is_muted_for_good(scene: Scene, person: Participant) -> bool:
    return person.is_muted(scene.at) and person.mute is not None and person.mute.until is None


def _about(person: Participant) -> dict[str, object]:
    return {"profileId": str(person.profile_id), "username": person.username}
