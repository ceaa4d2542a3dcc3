"""What can be done in ``chat``."""
