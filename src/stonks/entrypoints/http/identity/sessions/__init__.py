"""One's own sessions, and one's password."""
