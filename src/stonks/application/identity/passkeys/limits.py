"""How often passkeys may be asked for and shown, with how it reads when that is too often."""

from stonks.application.ports import Limit

ASKED_BY_ADDRESS = Limit("passkeys-asked-by-address", 60, 300)
SHOWN_BY_ADDRESS = Limit("passkeys-shown-by-address", 60, 300)
SHOWN_BY_ACCOUNT = Limit("passkeys-shown-by-account", 30, 300)
ADDED_BY_ACCOUNT = Limit("passkeys-added-by-account", 40, 3600)
