"""What can be done in ``notifications``."""
