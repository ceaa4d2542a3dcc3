"""Notifications on PostgreSQL."""
