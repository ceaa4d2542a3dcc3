"""What can be done in ``presence``."""
