"""What can be set about one Stonks: read once at its start, then passed on."""

from stonks.entrypoints.settings.reading import read_settings
from stonks.entrypoints.settings.settings import Settings
from stonks.entrypoints.settings.variables import BadSetting

__all__ = ["BadSetting", "Settings", "read_settings"]
