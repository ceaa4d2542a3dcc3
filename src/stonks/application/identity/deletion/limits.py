"""How often one may ask to be forgotten."""

from stonks.application.ports import Limit

DELETIONS_OF_ACCOUNT = Limit("deletions", 10, 24 * 3600)
