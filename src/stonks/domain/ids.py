"""The ids by which contexts hold on to each other; all are UUIDv7, so they sort by time."""

from typing import NewType
from uuid import UUID

ProfileId = NewType("ProfileId", UUID)
SessionId = NewType("SessionId", UUID)
ChannelId = NewType("ChannelId", UUID)
RoomId = NewType("RoomId", UUID)
StreamId = NewType("StreamId", UUID)
NoticeId = NewType("NoticeId", UUID)
DeviceId = NewType("DeviceId", UUID)
EndpointId = NewType("EndpointId", UUID)
AttemptId = NewType("AttemptId", UUID)
