"""What a personal access token is good for."""

from collections.abc import Collection
from enum import StrEnum

from stonks.domain.errors import Forbidden


class Scope(StrEnum):
    """One thing that a program may do in the name of its owner, who may do more than that."""

    PROFILE_READ = "profile:read"
    PROFILE_WRITE = "profile:write"
    FOLLOWS_WRITE = "follows:write"
    NOTIFICATIONS_READ = "notifications:read"
    NOTIFICATIONS_WRITE = "notifications:write"
    CHANNELS_WRITE = "channels:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    CHAT_WRITE = "chat:write"
    MODERATION = "moderation"
    ADMIN = "admin"


def must_cover(scopes: Collection[Scope] | None, needed: Scope | None) -> None:
    """Raise ``Forbidden`` (``scope_missing``) unless ``scopes`` hold what is needed.

    None for ``scopes`` is somebody who signed in themselves; None for what is needed is what no
    token is ever good for.
    """
    if scopes is None:
        return
    if needed is None:
        raise Forbidden("scope_missing", "no access token is good for this; sign in yourself")
    if needed not in scopes:
        raise Forbidden("scope_missing", f"this access token lacks the scope {needed}")
