"""Write a message or a command without a socket."""

from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.chat.post_messages import Draft
from stonks.application.identity.ports import SignedIn
from stonks.domain.chat.message import is_command
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.chat import examples, refusals
from stonks.entrypoints.http.chat.shapes import CommandResultShape, PostedShape, SendBody
from stonks.entrypoints.http.idempotency import PARAMETER, idempotency_key
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.routes import Routes
from stonks.entrypoints.scopes import must_allow

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.post("/<slug>/messages", parameters=examples.PATH)
    @routes.for_members
    @routes.scoped(Scope.CHAT_WRITE)
    @routes.takes(SendBody, example=examples.SEND)
    @routes.answers(201, PostedShape, example=examples.POSTED, description="Stored durably")
    @routes.answers(
        200, CommandResultShape, example=examples.RESULT, description="The command is carried out"
    )
    @routes.refuses(*refusals.WRITING)
    @routes.doc(parameters=[PARAMETER])
    def send(body: dict[str, Any], slug: str, person: SignedIn) -> Response:
        """Write a message, or a line with a command

        A line that starts with `/` is a command (`//` for a message that starts with one slash);
        `/help` lists those that you may use; by a personal access token each asks for the scope
        of what it does, too. A message with a `nonce`, or else an
        `Idempotency-Key`, that was sent before is the same message, and gets the first answer.
        """
        room_id, text = container.read_channel()(slug=slug).room_id, body["text"]
        if is_command(text):
            must_allow(person, text)
            return _command(container, room_id, person.profile_id, text)
        nonce = body.get("nonce") or idempotency_key()
        posted = container.chat_writer().post(
            Draft.written(room_id, person.profile_id, text, nonce)
        )
        at = rfc3339(posted.at)
        said = {"room": str(room_id), "seq": posted.seq, "at": at, "nonce": posted.nonce}
        return answer(said, 201)


def _command(container: "Container", room_id: RoomId, actor: ProfileId, line: str) -> Response:
    result = container.apply_chat_command()(actor=actor, room_id=room_id, line=line)
    said = {"command": result.command, "detail": result.detail, "data": result.data}
    return answer(said)
