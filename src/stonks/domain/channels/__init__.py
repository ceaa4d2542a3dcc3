"""Channels: their host, their admins, their streams, and whether they are suspended."""
