"""What can be done in ``channels``."""
