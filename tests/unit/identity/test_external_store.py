"""Identities elsewhere, in memory."""

from tests.contracts.external import ExternalContract


class TestMemoryExternal(ExternalContract):
    pass
