"""The memory store keeps the contract of passkeys, also under races."""

from tests.contracts.passkey_races import PasskeyRaces
from tests.contracts.passkeys import PasskeysContract


class TestMemoryPasskeys(PasskeysContract):
    pass


class TestMemoryPasskeyRaces(PasskeyRaces):
    pass
