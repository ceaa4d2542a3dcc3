"""Whom a client believes."""

import ssl

from requests.utils import DEFAULT_CA_BUNDLE_PATH


def public_trust() -> ssl.SSLContext:
    """The authorities of this machine and those of Mozilla, since either may be missing."""
    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context
