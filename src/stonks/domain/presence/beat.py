"""How long a process is believed without a new sign of life."""

LASTS = 15.0
"""Seconds."""
