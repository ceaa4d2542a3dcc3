"""Following in memory."""
