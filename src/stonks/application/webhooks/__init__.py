"""Telling receivers of a channel's events: each at least once, in order."""
