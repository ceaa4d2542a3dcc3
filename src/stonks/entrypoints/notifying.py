"""By which ways people are told here."""

import os
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from stonks.adapters.notifiers.plugins import Tools, Unusable, installed, load_notifiers
from stonks.adapters.sealing import new_sealing_key, read_key
from stonks.adapters.tokens.unsubscribe import SignedUnsubscribeTokens
from stonks.application.notifications.notifier import Notifier
from stonks.application.notifications.preferences import Subscription, UnsubscribeTokens
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.way import IN_APP
from stonks.entrypoints.settings import BadSetting, Settings
from stonks.entrypoints.settings.reading import DOTENV
from stonks.entrypoints.settings.variables import variables

UNSUBSCRIBE = "/api/v1/notifications/unsubscribe"
VARIABLE = "STONKS_NOTIFIERS"


def make_notifiers(settings: Settings, tools: Tools) -> Mapping[str, Notifier]:
    """Those of ``STONKS_NOTIFIERS``, by way. Raises ``BadSetting``."""
    try:
        return load_notifiers(settings.notifiers, tools)
    except Unusable as error:
        raise BadSetting(f"{VARIABLE}: {error}") from error


def check_notifiers(settings: Settings) -> None:
    """Raises ``BadSetting`` for a name that nothing is installed under."""
    found = installed()
    for name in settings.notifiers:
        if name not in found:
            known = ", ".join(sorted(found))
            raise BadSetting(f"{VARIABLE}: there is no {name}; installed are {known}")


def ways_of(notifiers: Mapping[str, Notifier]) -> Sequence[str]:
    """All ways of this installation, the inbox first."""
    return [IN_APP, *notifiers]


def surroundings() -> Mapping[str, str]:
    """Variables of plug-ins: those of the environment, and of ``.env``."""
    return {**variables({}, DOTENV).dotenv, **os.environ}


def make_unsubscribe_tokens(settings: Settings) -> SignedUnsubscribeTokens:
    """Memory forgets who unsubscribed, so any key will do there."""
    keys = settings.sealing_keys
    if not keys and settings.storage == "memory":
        keys = (new_sealing_key(),)
    if not keys:
        raise BadSetting("STONKS_SEALING_KEYS is required: stonks keys sealing makes one")
    return SignedUnsubscribeTokens([read_key(key) for key in keys])


def unsubscribe_urls(
    public_url: str, tokens: Callable[[], UnsubscribeTokens]
) -> Callable[[ProfileId, str, str], str]:
    """Where somebody ends notices of a kind by a way; the keys are asked for when one is made."""

    def url(profile_id: ProfileId, kind: str, way: str) -> str:
        token = tokens().token(Subscription(profile_id, NoticeKind(kind), way))
        return f"{public_url}{UNSUBSCRIBE}?{urlencode({'token': token})}"

    return url
