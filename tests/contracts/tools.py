"""What a notifier is made with, where nothing is real."""

from dataclasses import replace
from typing import Any

from stonks.adapters.clock import now
from stonks.adapters.mail import MemoryMailer, PlainSessions
from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.notifiers import Tools
from stonks.domain.ids import ProfileId

HERE = "https://stonks.example"


def unsubscribe_url(profile_id: ProfileId, kind: str, way: str) -> str:
    return f"{HERE}/api/v1/notifications/unsubscribe?token={profile_id.hex}.{kind}.{way}"


def tools(**others: Any) -> Tools:
    plain = Tools(
        public_url=HERE,
        environ={},
        now=now,
        mail_sessions=PlainSessions(MemoryMailer()),
        egress=MemoryEgress(),
        unsubscribe_url=unsubscribe_url,
    )
    return replace(plain, **others)
