"""PostgreSQL keeps the contract of passkeys, also under races."""

from tests.contracts.passkey_races import PasskeyRaces
from tests.contracts.passkeys import PasskeysContract


class TestPostgresPasskeys(PasskeysContract):
    pass


class TestPostgresPasskeyRaces(PasskeyRaces):
    pass
