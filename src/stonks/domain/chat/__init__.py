"""Live chat: rooms, their logs, and who may do what in them."""
