"""What can be done: use cases and the ports that they need."""
