"""What can be done in ``social``."""
