"""Sockets: one writer a connection, one feed a room, one hub a process."""
