"""Webhooks: what happens in a channel, told to somebody else's server."""
