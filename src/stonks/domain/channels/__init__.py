"""Channels: their host, their admins, and whether they are suspended."""
