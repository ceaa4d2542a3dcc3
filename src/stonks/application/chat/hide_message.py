"""Hide one message over HTTP: its author may, and whoever moderates."""

from dataclasses import dataclass

from stonks.application.chat.effects.messages import delete
from stonks.application.chat.ports import ChatWork
from stonks.application.chat.scene import enter
from stonks.application.ports import Begin, Clock
from stonks.domain.chat import commands as c
from stonks.domain.errors import Forbidden
from stonks.domain.ids import ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class HideMessage:
    begin: Begin[ChatWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, room_id: RoomId, seq: int) -> None:
        with self.begin() as work:
            scene = enter(work, room_id, actor, self.now())
            scene.actor.must_be_welcome(scene.at)
            scene.room.must_be_open()
            if work.log.author_of(room_id, seq) != actor:
                scene.actor.must_have_a_voice(scene.at)
                _must_moderate(scene.actor.role.moderates)
            delete(scene, c.Delete(seq))


def _must_moderate(moderates: bool) -> None:
    if not moderates:
        raise Forbidden("not_allowed", "only its author and moderators hide a message")
