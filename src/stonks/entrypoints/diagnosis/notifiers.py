"""The ways in which people are told: are they installed?"""

from collections.abc import Iterator

from stonks.entrypoints.diagnosis.finding import Finding, ill
from stonks.entrypoints.notifying import check_notifiers
from stonks.entrypoints.settings import BadSetting, Settings


def look_at_notifiers(settings: Settings) -> Iterator[Finding]:
    try:
        check_notifiers(settings)
    except BadSetting as error:
        yield ill("notifiers", str(error), "install its package, or correct STONKS_NOTIFIERS")
    else:
        yield Finding("notifiers", ", ".join(settings.notifiers) or "none, so the inbox alone")
