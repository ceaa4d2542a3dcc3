"""Channels on PostgreSQL."""
