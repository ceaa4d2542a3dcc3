"""The guarded way out: requests to addresses that somebody else chose."""

from stonks.adapters.egress.addresses import Address, Network
from stonks.adapters.egress.https import HttpsEgress
from stonks.adapters.egress.retry_after import retry_after

__all__ = ["Address", "HttpsEgress", "Network", "retry_after"]
