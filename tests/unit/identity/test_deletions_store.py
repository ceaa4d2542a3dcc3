"""The memory store keeps the contracts of leaving for good and of loose files."""

from tests.contracts.deletions import DeletionsContract, LooseMediaContract


class TestMemoryDeletions(DeletionsContract):
    pass


class TestMemoryLooseMedia(LooseMediaContract):
    pass
