"""How secrets are kept that must be read again."""

from dependency_injector import providers

from stonks.adapters.sealing import AesSealer, new_sealing_key, read_key
from stonks.entrypoints.containers.foundation import Foundation
from stonks.entrypoints.settings import BadSetting, Settings


def _sealer(settings: Settings) -> AesSealer:
    """Memory forgets what was sealed, so any key will do there."""
    keys = settings.sealing_keys
    if not keys and settings.storage == "memory":
        keys = (new_sealing_key(),)
    if not keys:
        raise BadSetting("STONKS_SEALING_KEYS is required: stonks keys sealing makes one")
    return AesSealer([read_key(key) for key in keys])


class SealingContainer(Foundation):
    sealer = providers.Singleton(_sealer, Foundation.settings)
