"""Read back what happened in a channel's live chat."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import Response

from stonks.application.chat.ports import EntryView
from stonks.application.identity.ports import SignedIn
from stonks.domain.errors import Invalid
from stonks.entrypoints.http.channels.refusals import UNKNOWN_CHANNEL
from stonks.entrypoints.http.chat import examples, refusals
from stonks.entrypoints.http.chat.shapes import (
    LARGEST_SEQ,
    EntryPageShape,
    HistoryQuery,
    entry_json,
)
from stonks.entrypoints.http.json import answer
from stonks.entrypoints.http.paging import bad_cursor, cursor, key_of
from stonks.entrypoints.http.refusals import BAD_CURSOR
from stonks.entrypoints.http.routes import Routes

if TYPE_CHECKING:
    from stonks.entrypoints.container import Container

BOTH = Invalid("before_and_after", "give before or after, not both")


def add_routes(routes: Routes, container: "Container") -> None:
    @routes.get("/<slug>/messages", parameters=examples.PATH)
    @routes.for_anybody
    @routes.asks(HistoryQuery)
    @routes.answers(200, EntryPageShape, example=examples.HISTORY)
    @routes.refuses(UNKNOWN_CHANNEL, refusals.BANNED, BAD_CURSOR, BOTH)
    def read_history(query: dict[str, Any], slug: str, person: SignedIn | None) -> Response:
        """Read the log of the live chat

        Messages and moderation alike, in order of `seq`; the newest page first, or what came
        after a `seq`. `nextCursor` goes on in the same direction.
        """
        place, limit = place_of(query), query["limit"]
        entries = container.read_history()(
            room_id=container.read_channel()(slug=slug).room_id,
            reader=person.profile_id if person else None,
            **place,
            limit=limit + 1,
        )
        shown, following = page_of_log(entries, limit, is_forward="after" in place)
        return answer({"items": [entry_json(view) for view in shown], "nextCursor": following})


def place_of(query: dict[str, Any]) -> dict[str, int]:
    """``before`` or ``after`` and a ``seq``, from a cursor where there is one."""
    given: dict[str, int] = {name: query[name] for name in ("before", "after") if name in query}
    if len(given) == 2:
        raise BOTH
    if "cursor" not in query:
        return given
    direction, _, seq = key_of(query["cursor"]).partition(" ")
    if direction not in ("before", "after") or not (seq.isascii() and seq.isdigit()):
        raise bad_cursor()
    if int(seq[:20]) > LARGEST_SEQ:
        raise bad_cursor()
    return {direction: int(seq)}


def page_of_log(
    entries: Sequence[EntryView], limit: int, *, is_forward: bool
) -> tuple[Sequence[EntryView], str | None]:
    """Of one more than ``limit`` entries, those to show, and the way to the next."""
    if len(entries) <= limit:
        return entries, None
    if is_forward:
        return entries[:limit], cursor(f"after {entries[limit - 1].entry.seq}")
    return entries[-limit:], cursor(f"before {entries[-limit].entry.seq}")
