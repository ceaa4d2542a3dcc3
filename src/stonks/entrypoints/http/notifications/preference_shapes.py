"""What comes in and goes out of the routes of preferences."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from stonks.application.notifications.read_preferences import Effective
from stonks.domain.notifications.notice import NoticeKind
from stonks.entrypoints.http.bodies import Body, Shape, Truth

TOLD: Mapping[NoticeKind, str] = {
    NoticeKind.STREAM_STARTED: "Somebody whom one follows went live.",
    NoticeKind.NEW_FOLLOWER: "Somebody follows one now.",
    NoticeKind.WEBHOOK_DISABLED: "A webhook of a channel that one hosts was disabled.",
}


def _kinds(**options: Any) -> dict[str, Any]:
    """For each kind whether it is wanted, by way; the ways are those of the installation."""
    return {
        kind.value: fields.Dict(
            keys=fields.String(),
            values=Truth(),
            data_key=kind.value,
            metadata={"description": f"{TOLD[kind]} By way, such as `inApp` or `email`."},
            **options,
        )
        for kind in NoticeKind
    }


ChangePreferencesBody: type[Body] = type("ChangePreferencesBody", (Body,), _kinds())
PreferencesShape: type[Shape] = type("PreferencesShape", (Shape,), _kinds(required=True))


def preferences_json(holding: Effective) -> dict[str, Any]:
    return {kind.value: dict(ways) for kind, ways in holding.items()}
