"""How a channel's event reads in its room's log."""

from collections.abc import Mapping

from stonks.domain.channels import events as e
from stonks.domain.chat.entry import Entry, EntryKind
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.room import Room

_KINDS: Mapping[type[e.ChannelEvent], EntryKind] = {
    e.TitleChanged: EntryKind.TITLE_CHANGED,
    e.DescriptionChanged: EntryKind.DESCRIPTION_CHANGED,
    e.AdminSet: EntryKind.ADMIN_SET,
    e.AdminUnset: EntryKind.ADMIN_UNSET,
    e.ChannelSuspended: EntryKind.CHANNEL_SUSPENDED,
    e.ChannelUnsuspended: EntryKind.CHANNEL_UNSUSPENDED,
    e.StreamStarted: EntryKind.STREAM_STARTED,
    e.StreamEnded: EntryKind.STREAM_ENDED,
}


def entry_of(event: e.ChannelEvent, room: Room, by: Participant) -> Entry:
    """The room's next entry; the room is locked."""
    return room.record(_KINDS[type(event)], by=by, at=event.at, data=_data(event))


def _data(event: e.ChannelEvent) -> Mapping[str, object]:
    match event:
        case e.TitleChanged(title=title):
            return {"title": title}
        case e.DescriptionChanged(description=description):
            return {"description": description}
        case (
            e.AdminSet(profile_id=person, username=name)
            | e.AdminUnset(profile_id=person, username=name)
        ):
            return {"profileId": str(person), "username": name}
        case e.ChannelSuspended(reason=reason):
            return {"reason": reason}
        case e.StreamStarted(stream_id=stream, title=title):
            return {"streamId": str(stream), "title": title}
        case e.StreamEnded(stream_id=stream, reason=reason):
            return {"streamId": str(stream), "reason": reason}
    return {}
