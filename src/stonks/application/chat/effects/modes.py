"""Slow mode and followers-only mode."""

from datetime import timedelta

from stonks.application.chat.scene import Scene
from stonks.domain.chat import commands as c
from stonks.domain.chat.duration import spell_duration
from stonks.domain.chat.entry import EntryKind


def slow(scene: Scene, command: c.Slow) -> str:
    changed = scene.room.set_slow(command.interval)
    return _answer(scene, EntryKind.SLOW_MODE_CHANGED, "slow mode", command.interval, changed)


def followers(scene: Scene, command: c.Followers) -> str:
    changed = scene.room.set_followers(command.least)
    return _answer(
        scene, EntryKind.FOLLOWERS_MODE_CHANGED, "followers mode", command.least, changed
    )


def _answer(
    scene: Scene, kind: EntryKind, mode: str, length: timedelta | None, changed: bool
) -> str:
    if changed:
        scene.work.rooms.save(scene.room)
        seconds = None if length is None else int(length.total_seconds())
        scene.record(kind, {"seconds": seconds})
    state = "off" if length is None else f"on: {spell_duration(length)}"
    return f"{mode} is {state}"
