"""Channels in memory."""
